import { STAGE_RANGES, type Stage } from '../contract/stages.ts'

/** What a run says while it is held. */
export const PAUSED =
  '⏸️ **Paused by an operator.** It goes on with its next stage after `POST /supervisor/workers/{id}/resume`; who paused it, and why, stands in the history of the worker.'

/** How far a run of stages is. */
export interface StagesSoFar {
  readonly job_id: string
  readonly attempt: number
  readonly done: readonly Stage[]
  readonly current: Stage | null
  /** A stage that did not get through, with its code and words that hold nothing of the assignment. */
  readonly stopped: { readonly stage: Stage; readonly code: string; readonly title: string } | null
}

function stageLine({ done, stopped, current }: StagesSoFar, stage: Stage): string {
  const { doing } = STAGE_RANGES[stage]
  if (done.includes(stage)) return `- ✅ ${doing}`
  if (stopped?.stage === stage) return `- ⛔ **${doing}**: ${stopped.title} (\`${stopped.code}\`)`
  if (current === stage) return `- ▶️ **${doing}**`
  return `- ▫️ ${doing}`
}

/** A run as Markdown for somebody who looks at it in Temporal Web UI for the first time; `next` says what to do. */
export function describeStages(stages: readonly Stage[], run: StagesSoFar, next: string): string {
  const lines = stages.map((stage) => stageLine(run, stage))
  return [`**Job** \`${run.job_id}\`, attempt ${run.attempt}`, '', ...lines, '', next].join('\n')
}
