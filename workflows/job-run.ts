import { PAUSED } from './describe-stages.ts'

/** How far a submitted job is. */
export interface JobSoFar {
  readonly job_id: string
  readonly state: 'waiting for a place' | 'at work' | 'out of budget' | 'working at the jobs below' | 'over'
  readonly below: { readonly all: number; readonly over: number }
  readonly is_paused: boolean
}

const NEXT: { readonly [S in JobSoFar['state']]: string } = {
  'waiting for a place':
    'It begins as soon as its tenant has a place free at its depth: `GET /resources/usage` shows what is held.',
  'out of budget':
    '⏸️ **The budget is used up.** It holds no place meanwhile, and goes on after `POST /supervisor/workers/{id}/resume`; whose budget it is stands in the history of the worker.',
  'at work': 'Nothing to do: it goes on by itself.',
  'working at the jobs below': 'Nothing to do: it goes on by itself.',
  over: '`GET /jobs/{id}` says what came of it.',
}

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeJob({ job_id, state, below, is_paused }: JobSoFar): string {
  const lines = [`**Job** \`${job_id}\`: ${state}`]
  if (below.all > 0) lines.push(`${below.over} of ${below.all} jobs below it are over.`)
  const isHeld = is_paused && state !== 'out of budget'
  return [...lines, isHeld ? PAUSED : NEXT[state]].join('\n\n')
}
