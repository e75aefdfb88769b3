import cliProgress from 'cli-progress'
import pc from 'picocolors'

import type { StreamEvent } from '../../contract/events.ts'

/** Shows an execution while it goes on: a moving bar on a terminal, a line per event elsewhere. */
export interface ExecutionView extends Disposable {
  show(event: StreamEvent): void
}

interface Counted {
  readonly completed: number
  readonly total: number
}

/** How far an execution is, where an event tells it. */
export function countOf(event: StreamEvent): Counted | null {
  switch (event.event_type) {
    case 'masterplan_execution_start':
      return { completed: 0, total: event.payload.total_tasks }
    case 'task_execution_complete':
    case 'masterplan_execution_complete':
      return { completed: event.payload.completed_tasks, total: event.payload.total_tasks }
    default:
      return null
  }
}

/** Whether a reader wants to see it: the begin and end of each task and of the whole, not each step between. */
export function isWorthSaying(event: StreamEvent): boolean {
  if (event.event_type === 'task_execution_progress') return event.payload.status === 'in_progress'
  return countOf(event) !== null
}

function lineView(out: NodeJS.WritableStream): ExecutionView {
  let counted: Counted = { completed: 0, total: 0 }
  return {
    show: (event) => {
      counted = countOf(event) ?? counted
      if (!isWorthSaying(event)) return
      const far = `${counted.completed} of ${counted.total}`.padStart(9)
      out.write(`  ${far}  ${event.message}\n`)
    },
    [Symbol.dispose]: () => undefined,
  }
}

function barView(out: NodeJS.WritableStream): ExecutionView {
  const format = `  ${pc.green('{bar}')} {value} of {total} tasks completed`
  const bars = new cliProgress.MultiBar(
    { format, stream: out, barsize: 30, hideCursor: true, clearOnComplete: false, emptyOnZero: true },
    cliProgress.Presets.shades_classic,
  )
  const bar = bars.create(1, 0)
  return {
    show: (event) => {
      if (isWorthSaying(event)) bars.log(`  ${pc.dim('·')} ${event.message}\n`)
      const counted = countOf(event)
      if (counted === null) return
      bar.setTotal(counted.total)
      bar.update(counted.completed)
    },
    [Symbol.dispose]: () => bars.stop(),
  }
}

/** Chooses the view that fits where the output goes. */
export function createExecutionView(out: NodeJS.WriteStream): ExecutionView {
  return out.isTTY ? barView(out) : lineView(out)
}
