import cliProgress from 'cli-progress'
import pc from 'picocolors'

import type { StreamEvent } from '../../contract/events.ts'

/** Shows a run while it goes on: a moving bar on a terminal, a line per event elsewhere. */
export interface ProgressView extends Disposable {
  show(event: StreamEvent): void
}

const SHOWN_BELOW = new Set<StreamEvent['event_type']>([
  'stage_progress',
  'preview',
  'failed',
  'plan_ready',
  'feedback_ready',
])

function previewOf(event: StreamEvent): string {
  if (event.draft_summary !== undefined) return `${event.message} ${event.draft_summary}`
  if (event.feedback_preview !== undefined) return event.feedback_preview
  if (event.milestone_preview !== undefined) return `${event.message} ${event.milestone_preview.tasks} tasks.`
  return event.message
}

function lineView(out: NodeJS.WritableStream): ProgressView {
  return {
    show: (event) => {
      const percent = `${event.progress}`.padStart(3)
      const stage = event.stage ?? ''
      out.write(`  ${percent} %  ${stage.padEnd(32)} ${previewOf(event)}\n`)
    },
    [Symbol.dispose]: () => undefined,
  }
}

function barView(out: NodeJS.WritableStream): ProgressView {
  const format = `  ${pc.cyan('{bar}')} {percentage} %  {stage}`
  const bars = new cliProgress.MultiBar(
    { format, stream: out, barsize: 30, hideCursor: true, clearOnComplete: false, emptyOnZero: true },
    cliProgress.Presets.shades_classic,
  )
  const bar = bars.create(100, 0, { stage: 'waiting for a worker' })
  return {
    show: (event) => {
      if (SHOWN_BELOW.has(event.event_type)) bars.log(`  ${pc.dim('·')} ${previewOf(event)}\n`)
      bar.update(event.progress, { stage: event.stage ?? event.message })
    },
    [Symbol.dispose]: () => bars.stop(),
  }
}

/** Chooses the view that fits where the output goes. */
export function createProgressView(out: NodeJS.WriteStream): ProgressView {
  return out.isTTY ? barView(out) : lineView(out)
}
