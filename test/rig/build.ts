import { randomUUID } from 'node:crypto'

import type { WorkflowHandle } from '@temporalio/client'

import type { StreamEvent } from '../../contract/events.ts'
import { HandoffStatus } from '../../contract/handoffs.ts'
import type { HandoffState } from '../../contract/machines/handoff-machine.ts'
import { handoffWorkflowId } from '../../contract/ids.ts'
import { STATE_DUTIES } from '../../contract/roles.ts'
import { HANDOFF_WORKFLOW, type HandoffRunInput } from '../../workflows/messages.ts'
import { openStream } from '../streams/read-stream.ts'
import type { Rig } from './rig.ts'
import type { Reply, Student } from './student.ts'

const SHA256 = 'a'.repeat(64)
const CODE = [{ path: 'core/outline.md', sha256: SHA256, summary: 'The outline' }]
const IMPLEMENTATION = { code: CODE, test_cases: ['The outline has three parts'] }

/** What completes each state, well. */
export const RESULTS = {
  discovery: { requirements: ['Argue about rivers'], ambiguities: ['How long?'], risks: [] },
  planning: {
    implementation_plan: {
      components: ['Outline'],
      test_strategy: 'Look at each part.',
      timeline: 'One evening.',
      success_criteria: ['Three parts'],
    },
    requirements: ['Argue about rivers'],
  },
  handoff_to_coder: { accepted: true },
  implementation: IMPLEMENTATION,
  handoff_to_tester: { accepted: true, notes: 'All there.' },
  testing: {
    test_results: [{ criterion: 'Three parts', passed: true, note: 'There are three.' }],
    test_coverage: 90,
    passed: true,
  },
  handoff_to_verifier: { accepted: true },
  verification: {
    verification_report: {
      security: 'No links.',
      performance: 'Short.',
      architecture: 'Fits an essay.',
      documentation: 'Says how to go on.',
      readiness: ['Ready'],
    },
    approved_for_deployment: true,
  },
  handoff_to_releaser: { accepted: true },
  deployment: {
    target_files: ['core/outline.md'],
    smoke_test: { passed: true, note: 'It can be read.' },
    released_at: '2026-01-31T12:00:00Z',
  },
} as const

/** What a phase hands in when its verdict is against the work. */
export const FAILING = {
  testing: {
    test_results: [{ criterion: 'Three parts', passed: false, note: 'There are two.' }],
    test_coverage: 90,
    passed: false,
  },
  verification: { ...RESULTS.verification, approved_for_deployment: false },
} as const

type Working = keyof typeof RESULTS

/** One build of a student, driven by hand. */
export class Build {
  readonly student: Student
  readonly id: string
  readonly project: string

  constructor(student: Student, id: string, project: string) {
    this.student = student
    this.id = id
    this.project = project
  }

  static async start(
    student: Student,
    options: { project?: string; autorun?: boolean } = {},
  ): Promise<Build> {
    const { project = randomUUID().slice(0, 8), autorun = false } = options
    const body = { build_id: randomUUID(), requirements: { topic: 'Rivers' }, autorun }
    const { status, body: started } = await student.call('POST', `/workflows/${project}/start`, { body })
    if (status !== 201) throw new Error(`no build: ${JSON.stringify(started)}`)
    return new Build(student, started.workflow_id, project)
  }

  async call(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.student.call(method, `/workflows/${this.id}${path}`, body === undefined ? {} : { body })
  }

  async status(): Promise<HandoffStatus> {
    return HandoffStatus.parse((await this.call('GET', '/status')).body)
  }

  /** Hands in what completes a state, or something else in its place. */
  async advance(state: HandoffState, more: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
    const role = STATE_DUTIES[state].actor
    const phase_result = state in RESULTS ? RESULTS[state as Working] : {}
    const who = role === null ? {} : { role }
    return this.call('POST', '/advance', { ...who, completed_state: state, phase_result, ...more })
  }

  /** Goes the straight way from where the build is until it is in a state. */
  async to(target: HandoffState): Promise<void> {
    let { current_state: state } = await this.status()
    while (state !== target) {
      const reworked =
        state === 'implementation' ? { phase_result: { ...IMPLEMENTATION, changes: 'More parts.' } } : {}
      const { status, body } = await this.advance(state, reworked)
      if (status !== 200) throw new Error(`stuck in ${state}: ${JSON.stringify(body)}`)
      state = body.new_state
    }
  }

  async fail(): Promise<Reply> {
    const { current_state } = await this.status()
    return this.advance(current_state, {
      next_state: 'error',
      phase_result: { reason: 'The brief is gone.' },
    })
  }

  /** All stored events until one fits. */
  async eventsUntil(fits: (event: StreamEvent) => boolean): Promise<StreamEvent[]> {
    const url = `${this.student.origin}/workflows/${this.id}/events?after=0`
    using reader = await openStream(url, { headers: { authorization: `Bearer ${this.student.token}` } })
    const found = (event: (typeof reader.events)[number]): boolean =>
      fits(event.data as unknown as StreamEvent)
    await reader.until(({ events }) => events.some(found))
    const end = reader.events.findIndex(found)
    return reader.events.slice(0, end + 1).map(({ data }) => data as unknown as StreamEvent)
  }
}

/** Gives the run of a build to one that looks after it ten times a second, in place of once a day. */
export async function lookOften({ temporal }: Rig, workflow_id: string): Promise<WorkflowHandle> {
  const workflowId = handoffWorkflowId(workflow_id)
  const before = temporal.workflow.getHandle(workflowId)
  const { taskQueue } = await before.describe()
  await before.terminate('for one that looks more often')
  const pace = { heartbeat_timeout_ms: 8_000, initial_interval_ms: 1_000, max_attempts: 5 }
  const input: HandoffRunInput = { workflow_id, pace, look_every_ms: 100 }
  return temporal.workflow.start(HANDOFF_WORKFLOW, { workflowId, taskQueue, args: [input] })
}

/** How often a run has read where its build stands. */
export async function looksOf(run: WorkflowHandle): Promise<number> {
  const { events } = await run.fetchHistory()
  const names = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name)
  return names.filter((name) => name === 'take_up_handoff').length
}
