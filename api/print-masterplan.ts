import { ORIGIN_WORDS } from '../contract/masterplan/origin-words.ts'
import type { Mark } from '../contract/mark-plan.ts'
import type { MarkState } from '../contract/marks.ts'
import type { Masterplan, MasterplanMilestone, MasterplanTask } from '../contract/masterplans.ts'

// What the execution of a task has come to: it leaves a scaffold to work in and does nothing of the student's work.
const SAID: Partial<{ readonly [S in MasterplanTask['status']]: string }> = {
  completed: 'scaffold written',
  failed: 'its scaffold could not be written',
  blocked: 'its scaffold waits for a failed task',
  skipped: 'without a scaffold',
  in_progress: 'its scaffold is being written',
  validating: 'its scaffold is being checked',
}

const isMarkable = ({ task_type }: Pick<MasterplanTask, 'task_type'>): boolean => task_type === 'work'

type MarkOf = (task: Pick<MasterplanTask, 'slug' | 'task_type'>) => MarkState

/** What the student said of each task; tasks of the plan alone can be marked, under the id they have there. */
function readMarks(marks: readonly Mark[]): MarkOf {
  const states = new Map(marks.filter(({ kind }) => kind === 'task').map(({ id, state }) => [id, state]))
  return ({ slug, ...task }) => (isMarkable(task) ? (states.get(slug) ?? 'todo') : 'todo')
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

type Line = MasterplanTask['subtasks'][number]

// Every task of a milestone is held against what its milestone is accepted by.
const isOfMilestone = ({ description }: Line): boolean => description === ORIGIN_WORDS.acceptance_criterion

// Nobody marks these lines one by one, so that they are left to tick by hand.
const boxes = (names: Iterable<string>): string =>
  Array.from(names, (name) => `- [ ] ${inline(name)}`).join('\n')

/** What the printing of a task looks up in the whole. */
interface Whole {
  readonly numberOf: ReadonlyMap<string, number>
  readonly markOf: MarkOf
}

function printTask(task: MasterplanTask, { numberOf, markOf }: Whole): string {
  const mark = markOf(task)
  const said = [mark === 'doing' ? 'begun' : '', SAID[task.status] ?? ''].filter(Boolean).join('; ')
  const after = task.depends_on_tasks.flatMap((id) => numberOf.get(id) ?? [])
  const parts = [
    `- ${mark === 'done' ? '[x]' : '[ ]'} **${task.task_number}. ${inline(task.name)}**${said === '' ? '' : ` (${said})`}`,
    lines(task.description.split('\n').map(inline)),
    lines([
      ...(after.length === 0 ? [] : [`After: ${after.join(', ')}.`]),
      ...task.target_files.map((file) => `Leaves: \`${file}\``),
    ]),
    boxes(task.subtasks.filter((line) => !isOfMilestone(line)).map(({ name }) => name)),
  ]
  // What belongs to an item of a list is indented like its text.
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll(/\n(?=[^\n])/g, '\n  ')
}

function printMilestone(milestone: MasterplanMilestone, whole: Whole): string {
  const { milestone_number, name, description, tasks } = milestone
  const said = lines(description.split('\n').map(inline))
  const accepted = new Set(
    tasks.flatMap(({ subtasks }) => subtasks.filter(isOfMilestone).map((line) => line.name)),
  )
  return [
    `### ${milestone_number}. ${inline(name)}`,
    said,
    ...tasks.map((task) => printTask(task, whole)),
    ...(accepted.size === 0 ? [] : ['What the milestone is accepted by:', boxes(accepted)]),
  ].join('\n\n')
}

/**
 * A masterplan as Markdown, to print and work from. A box is ticked where the student marked the task as done; what
 * became of its execution is said in words.
 */
export function printMasterplan(plan: Masterplan, marks: readonly Mark[]): string {
  const tasks = plan.phases.flatMap(({ milestones }) => milestones.flatMap((milestone) => milestone.tasks))
  const markOf = readMarks(marks)
  const numberOf = new Map(tasks.map(({ task_id, task_number }) => [task_id, task_number]))
  const effort = minutesInWords(plan.estimated_duration_minutes)
  const facts = [
    `${tasks.filter((task) => markOf(task) === 'done').length} of ${tasks.filter(isMarkable).length} tasks of the plan marked as done`,
    `${plan.completed_tasks} of ${plan.total_tasks} scaffolds written`,
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
      ...milestones.map((milestone) => printMilestone(milestone, { numberOf, markOf })),
    ]),
    '',
  ].join('\n\n')
}
