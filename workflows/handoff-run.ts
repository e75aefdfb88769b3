import type { HandoffView, StateTry } from '../activities/handoff/messages.ts'
import type { HandoffState, WorkingState } from '../contract/machines/handoff-machine.ts'
import { PAUSED } from './describe-stages.ts'
import { ROLE_TITLES, STATE_DUTIES } from '../contract/roles.ts'

/** The newer of two views; answers may come in another order than they were written in. */
export function newerView(known: HandoffView | null, seen: HandoffView): HandoffView {
  return known !== null && known.version > seen.version ? known : seen
}

const isWorking = (state: HandoffState): state is WorkingState => state !== 'complete' && state !== 'error'

/** The state the roles are to work by themselves now; null when a person is waited for, or nobody. */
export function stateToWork(view: HandoffView | null, workflow_id: string): StateTry | null {
  if (view === null || !view.autorun || view.is_over || view.is_paused || !isWorking(view.state)) return null
  return { workflow_id, state: view.state, attempt: view.attempt }
}

/** Whether work at a state is still what the build waits for. */
export function isCurrent({ state, attempt, is_over }: HandoffView, tried: StateTry): boolean {
  return !is_over && state === tried.state && attempt === tried.attempt
}

/** What a role does at a state, in a line. */
export function describeWork({ state, attempt }: StateTry): string {
  const { actor } = STATE_DUTIES[state]
  const who = actor === null ? '' : `: ${ROLE_TITLES[actor]}`
  return attempt === 1 ? `${state}${who}` : `${state}${who}, attempt ${attempt}`
}

const WAITS = 'It waits for `POST /workflows/{id}/advance`.'

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeHandoff({
  state,
  attempt,
  autorun,
  is_over,
  is_paused,
  job_id,
}: HandoffView): string {
  const { actor, task } = STATE_DUTIES[state]
  const next = actor === null ? task : `Next: the ${ROLE_TITLES[actor]}. ${task}`
  const how = autorun && state !== 'error' ? 'Nothing to do: the model roles work it.' : WAITS
  const ended = state === 'complete' ? 'Nothing to do.' : 'Nothing to do: it was stopped here for good.'
  const lines = is_over ? [ended] : [next, is_paused ? PAUSED : how]
  return [`**Build**: ${state}, attempt ${attempt}, job \`${job_id}\``, ...lines].join('\n\n')
}
