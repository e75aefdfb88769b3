import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
} from '@temporalio/workflow'

import type { MasterplanActivities, PlanView, TaskTry } from '../activities/masterplan/messages.ts'
import {
  admits,
  admitsTaskRetry,
  attemptsToTakeUp,
  describeMasterplan,
  hasEnded,
  isGivenUp,
  nameAttempt,
  nameTask,
  newerView,
  waitsForPeople,
} from './masterplan-run.ts'
import {
  STATE_REFUSAL,
  type ChangeMessage,
  type MasterplanRunInput,
  type PlanOutcome,
  type TaskRetryOutcome,
  type TaskRetryMessage,
} from './messages.ts'
import { runBuild } from './run-build.ts'
import { stageOptions } from './stage-options.ts'

// What is written down waits for PostgreSQL as long as need be, but not much longer than that.
const records = proxyActivities<MasterplanActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { maximumInterval: '5 seconds' },
})

// A plan may wait for weeks; once a day it looks whether it is still wanted.
const LOOK_AGAIN = '1 day'
const SHORTEST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

type TaskRef = PlanView['ready'][number]

interface BuildTry extends TaskTry {
  readonly workflow_id: string
}

interface BegunTry extends TaskTry {
  readonly workflow_id: string | null
}

/** One run of a masterplan while it lives: what it knows of it, and the attempts at work. */
export class MasterplanRunner {
  readonly #input: MasterplanRunInput
  readonly #work: ReturnType<typeof proxyActivities<MasterplanActivities>>
  readonly #atWork = new Map<string, TaskRef>()
  readonly #tasks = new CancellationScope({ cancellable: true })
  #view: PlanView | null = null
  #isGone = false
  #isFull = false
  #waitMs = SHORTEST_WAIT_MS

  constructor(input: MasterplanRunInput) {
    this.#input = input
    this.#work = proxyActivities<MasterplanActivities>(stageOptions(input.pace))
  }

  /** Whether nothing follows and nobody is being answered. */
  get isOver(): boolean {
    const ended = this.#isGone || (this.#view !== null && hasEnded(this.#view))
    return ended && this.isDrained && allHandlersFinished()
  }

  /** Whether no attempt is at work. */
  get isDrained(): boolean {
    return this.#atWork.size === 0
  }

  #take(view: PlanView): void {
    this.#view = newerView(this.#view, view)
    this.#describe(this.#view)
    if (isGivenUp(this.#view) && !this.#tasks.consideredCancelled) this.#tasks.cancel()
  }

  #describe(view: PlanView): void {
    const atWork = [...this.#atWork.values()].map(nameTask)
    setCurrentDetails(describeMasterplan(view, { masterplan_id: this.#input.masterplan_id, atWork }))
  }

  /** Reads where the masterplan stands. */
  async open(): Promise<void> {
    const view = await records.view_masterplan({ masterplan_id: this.#input.masterplan_id })
    if (view === null) this.#isGone = true
    else this.#take(view)
  }

  #wanted(isDraining: boolean): readonly TaskRef[] {
    if (this.#view === null || this.#isGone) return []
    const wanted = attemptsToTakeUp(this.#view, new Set(this.#atWork.keys()))
    return isDraining ? wanted.filter((ref) => this.#view?.at_work.includes(ref)) : wanted
  }

  /** Takes up what can be taken up, or waits until something changes; while it drains, nothing new is begun. */
  async step(isDraining: () => boolean): Promise<void> {
    const [ref] = this.#isFull ? [] : this.#wanted(isDraining())
    if (ref !== undefined) return this.#takeUp(ref)
    const isDone = (): boolean => this.isOver || (isDraining() && this.isDrained)
    if (this.#isFull) {
      const waitMs = this.#waitMs
      this.#waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      await condition(() => !this.#isFull || isDone(), waitMs, { summary: 'Waits for a free place' })
      this.#isFull = false
      return
    }
    const hasNews = (): boolean => isDone() || this.#wanted(isDraining()).length > 0
    if (this.#view === null || !waitsForPeople(this.#view)) return condition(hasNews)
    const summary = 'Waits for a person, and looks once a day whether it is still wanted'
    if (!(await condition(hasNews, LOOK_AGAIN, { summary }))) await this.open()
  }

  async #takeUp(ref: TaskRef): Promise<void> {
    const { task_id, attempt } = ref
    const tried = { masterplan_id: this.#input.masterplan_id, task_id, attempt }
    const options = { summary: `Takes a place for ${nameTask(ref)}` }
    const started = await records.begin_task.executeWithOptions(options, [tried])
    this.#take(started.view)
    if (started.kind === 'full') {
      // Somebody else's tasks hold the places: they give no sign, so this asks again, less and less often.
      this.#isFull = true
    }
    if (started.kind !== 'started') return
    this.#atWork.set(nameAttempt(ref), ref)
    // An answer of a time when there were no builds names none at all.
    const workflow_id = started.workflow_id ?? null
    void this.#tasks.run(() => this.#attempt(ref, { ...tried, workflow_id }))
  }

  async #attempt(ref: TaskRef, { workflow_id, ...tried }: BegunTry): Promise<void> {
    try {
      const worked =
        workflow_id === null ? this.#workTask(ref, tried) : this.#build(ref, { ...tried, workflow_id })
      this.#take(await worked)
    } catch (error) {
      if (isCancellation(error)) return
      if (!(error instanceof ActivityFailure)) throw error
      this.#take(await records.abandon_task(tried))
    } finally {
      this.#atWork.delete(nameAttempt(ref))
      this.#isFull = false
      this.#waitMs = SHORTEST_WAIT_MS
      if (this.#view !== null) this.#describe(this.#view)
    }
  }

  #workTask(ref: TaskRef, tried: TaskTry): Promise<PlanView> {
    const { max_attempts } = this.#input.pace
    const options = { summary: `Works at ${nameTask(ref)}` }
    return this.#work.work_task.executeWithOptions(options, [{ ...tried, max_attempts }])
  }

  /** Has a build work the attempt, and settles it as the build ends, whatever becomes of its run. */
  async #build(ref: TaskRef, settled: BuildTry): Promise<PlanView> {
    const { workflow_id } = settled
    try {
      await runBuild({ workflow_id, pace: this.#input.pace }, nameTask(ref))
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ChildWorkflowFailure)) throw error
    }
    const options = { summary: `Settles the build of ${nameTask(ref)}` }
    return records.settle_build.executeWithOptions(options, [settled])
  }

  /** Whether a wish may be carried out now; throws the refusal. Reads only, as an Update's validator must. */
  refuse({ verb }: ChangeMessage): void {
    if (this.#view !== null && !admits(this.#view, verb)) throw this.#refusal(this.#view)
  }

  /** As `refuse`, of the wish to try a task again. */
  refuseTask(_message: TaskRetryMessage): void {
    if (this.#view !== null && !admitsTaskRetry(this.#view)) throw this.#refusal(this.#view)
  }

  #refusal({ status }: PlanView): ApplicationFailure {
    const message = 'The state of the masterplan does not admit it'
    return ApplicationFailure.nonRetryable(message, STATE_REFUSAL, status)
  }

  /** Carries out what somebody wishes of the plan. */
  async change(message: ChangeMessage): Promise<PlanOutcome> {
    const options = { summary: `Carries out a wish: ${message.verb}` }
    const outcome = await records.change_masterplan.executeWithOptions(options, [message])
    if (outcome.kind === 'changed') this.#take(outcome.view)
    return outcome
  }

  /** Has a failed task tried again. */
  async retryTask(message: TaskRetryMessage): Promise<TaskRetryOutcome> {
    const outcome = await records.retry_masterplan_task(message)
    if (outcome.kind === 'retried') this.#take(outcome.view)
    return outcome
  }

  /** Writes down that the run was canceled from outside, since nobody else will. */
  async closeCanceled(change_id: string): Promise<void> {
    this.#tasks.cancel()
    const { masterplan_id } = this.#input
    const actor = { type: 'system', id: 'temporal' } as const
    const wish = { masterplan_id, actor, reason_id: null, change_id, expected_versions: null }
    await records.change_masterplan({ ...wish, verb: 'cancel' })
  }
}
