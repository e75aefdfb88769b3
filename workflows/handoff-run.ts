import type { HandoffView } from '../activities/handoff/messages.ts'
import { STATE_DUTIES, ROLE_TITLES } from '../contract/roles.ts'

/** The newer of two views; answers may come in another order than they were written in. */
export function newerView(known: HandoffView | null, seen: HandoffView): HandoffView {
  return known !== null && known.version > seen.version ? known : seen
}

const WAITS = 'It waits for `POST /workflows/{id}/advance`.'

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeHandoff({ state, attempt, autorun, is_over, job_id }: HandoffView): string {
  const { actor, task } = STATE_DUTIES[state]
  const who = actor === null ? '' : `Next: the ${ROLE_TITLES[actor]}. ${task}`
  const how = autorun && state !== 'error' ? 'Nothing to do: the model roles work it.' : WAITS
  return [
    `**Build**: ${state}, attempt ${attempt}, job \`${job_id}\``,
    ...(is_over ? ['Nothing to do.'] : [who, how].filter((line) => line !== '')),
  ].join('\n\n')
}
