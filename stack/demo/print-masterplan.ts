import pc from 'picocolors'

import type { Masterplan, MasterplanFiles } from '../../contract/masterplans.ts'
import { heading } from './heading.ts'

const NAME_WIDTH = 48

type Task = Masterplan['phases'][number]['milestones'][number]['tasks'][number]

function cut(text: string): string {
  return text.length <= NAME_WIDTH ? text : `${text.slice(0, NAME_WIDTH - 1)}…`
}

function printTask({ task_number, name, target_files }: Task): string {
  return `    ${`${task_number}`.padStart(3)}  ${cut(name).padEnd(NAME_WIDTH)}  ${pc.dim(target_files.join(', '))}`
}

/** A masterplan as it waits for review: its phases, and the file each task will leave. */
export function printMasterplan({ phases, total_tasks }: Masterplan): string {
  const lines = phases.flatMap(({ name, milestones }) => [
    pc.bold(`  ${name}`),
    ...milestones.flatMap(({ tasks }) => tasks.map(printTask)),
  ])
  return [heading(`Masterplan: ${total_tasks} tasks, a draft`), ...lines, ''].join('\n')
}

/** The files of an execution, folder by folder. */
export function printFiles(files: MasterplanFiles['files']): string {
  const width = Math.max(0, ...files.map(({ path }) => path.length))
  return files.map(({ path, bytes }) => `    ${path.padEnd(width)}  ${pc.dim(`${bytes} bytes`)}`).join('\n')
}
