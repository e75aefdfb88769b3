import type { Masterplan, MasterplanMilestone, MasterplanTask } from '../contract/masterplans.ts'

const BOXES: { readonly [S in MasterplanTask['status']]: string } = {
  pending: '[ ]',
  ready: '[ ]',
  in_progress: '[~]',
  validating: '[~]',
  completed: '[x]',
  failed: '[!]',
  blocked: '[-]',
  skipped: '[-]',
}

const SAID: Partial<{ readonly [S in MasterplanTask['status']]: string }> = {
  failed: 'failed',
  blocked: 'blocked by a failed task',
  skipped: 'skipped',
  in_progress: 'at work',
  validating: 'being checked',
}

/** Text on one line, with what Markdown would take for markup kept as text. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/([\\`*_[\]<>#|])/g, '\\$1')
}

/** Lines that stay lines: two spaces at the end break one (CommonMark 6.7). */
const lines = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('  \n')

function minutesInWords(minutes: number | null): string {
  if (minutes === null || minutes === 0) return ''
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
}

function printTask(task: MasterplanTask, numberOf: ReadonlyMap<string, number>): string {
  const said = SAID[task.status]
  const after = task.depends_on_tasks.flatMap((id) => numberOf.get(id) ?? [])
  const parts = [
    `- ${BOXES[task.status]} **${task.task_number}. ${inline(task.name)}**${said === undefined ? '' : ` (${said})`}`,
    lines(task.description.split('\n').map(inline)),
    lines([
      ...(after.length === 0 ? [] : [`After: ${after.join(', ')}.`]),
      ...task.target_files.map((file) => `Leaves: \`${file}\``),
    ]),
    task.subtasks.map(({ name, completed }) => `- ${completed ? '[x]' : '[ ]'} ${inline(name)}`).join('\n'),
  ]
  // What belongs to an item of a list is indented like its text.
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll(/\n(?=[^\n])/g, '\n  ')
}

function printMilestone(milestone: MasterplanMilestone, numberOf: ReadonlyMap<string, number>): string {
  const { milestone_number, name, description, tasks } = milestone
  const said = lines(description.split('\n').map(inline))
  return [
    `### ${milestone_number}. ${inline(name)}`,
    said,
    ...tasks.map((task) => printTask(task, numberOf)),
  ].join('\n\n')
}

/** A masterplan as Markdown, to print and work from. */
export function printMasterplan(plan: Masterplan): string {
  const tasks = plan.phases.flatMap(({ milestones }) => milestones.flatMap((milestone) => milestone.tasks))
  const numberOf = new Map(tasks.map(({ task_id, task_number }) => [task_id, task_number]))
  const effort = minutesInWords(plan.estimated_duration_minutes)
  const facts = [
    `${plan.completed_tasks} of ${plan.total_tasks} tasks completed`,
    `status: ${plan.status.replace('_', ' ')}`,
    ...(effort === '' ? [] : [`estimated effort: ${effort}`]),
  ]
  return [
    `# ${inline(plan.project_name)}`,
    inline(plan.description),
    `_${facts.join(' · ')}_`,
    ...plan.phases.flatMap(({ name, description, milestones }) => [
      `## ${inline(name)}`,
      inline(description),
      ...milestones.map((milestone) => printMilestone(milestone, numberOf)),
    ]),
    '',
  ].join('\n\n')
}
