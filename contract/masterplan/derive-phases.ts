// From a plan to the three phases of its masterplan, as drafts without numbers. What waits for what:
// - reading the sources comes first: the risks and every task of the plan that waits for nothing else wait for it;
// - a risk is settled beside the work, before it by number alone: the plan does not say which tasks a risk threatens,
//   and one that cannot be settled must not stop them;
// - tasks of the plan wait for what the plan says;
// - a final check looks at the whole work, so it waits for every task of the plan that no other waits for; it is made
//   before the work is handed in, so it waits for what a task that hands in waits for, not for that task.

import type { DraftMilestone, DraftPhase, DraftTask, ValidationItem } from './derived-plan.ts'
import { effortMinutes } from './effort.ts'
import { orderByDependencies } from '../execution/task-graph.ts'
import type { Plan, PlanTask } from '../plan.ts'
import { toSlug } from '../slug.ts'
import { cutText } from '../text.ts'

const LONGEST_NAME = 200

/** The name of a task or a milestone: its words, cut where they are too long for one. */
export function nameOf(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${cutText(text, LONGEST_NAME - 1)}…`
}

const say =
  (of: ValidationItem['of']) =>
  (text: string): ValidationItem => ({ of, text })

const noWork = { estimated_minutes: null, deliverable: '' } as const

/** Give slugs that no other task or milestone bears. */
interface Names {
  readonly task: (wish: string) => string
  readonly milestone: (wish: string) => string
}

function draftReading({ assignment_summary }: Plan, slug: string): DraftTask {
  const { success_definition, hard_constraints } = assignment_summary
  return {
    ...noWork,
    slug,
    name: 'Read the sources',
    description:
      'Read the assignment, its rubric and every attached document, and find in them what the work must hold to.',
    task_type: 'read_sources',
    depends_on: [],
    validation: [
      say('success_definition')(success_definition),
      ...hard_constraints.map(say('hard_constraint')),
    ],
  }
}

/** The first phase: read the sources, the task named `reading`, then settle each risk. */
export function draftSetup(plan: Plan, reading: string, name: Names): DraftPhase {
  const read: DraftMilestone = {
    slug: name.milestone('read-the-sources'),
    name: 'Read the sources',
    description: 'Know what is asked before any work begins.',
    tasks: [draftReading(plan, reading)],
  }
  const risks = plan.risks.map(({ risk, impact, mitigation }, index): DraftTask => ({
    ...noWork,
    slug: name.task(`risk-${toSlug(risk) || index + 1}`),
    name: nameOf(risk),
    description: `If it happens: ${impact}\nWhat to do about it: ${mitigation}`,
    task_type: 'settle_risk',
    depends_on: [reading],
    validation: [say('mitigation')(mitigation)],
  }))
  const settle: DraftMilestone = {
    slug: name.milestone('settle-the-risks'),
    name: 'Settle the risks',
    description: 'Do something about each risk while there is time.',
    tasks: risks,
  }
  return {
    phase_type: 'setup',
    name: 'Setup',
    description: 'Read the sources and settle the risks.',
    milestones: risks.length === 0 ? [read] : [read, settle],
  }
}

/** The second phase: the milestones of the plan in their order. */
export function draftCore(plan: Plan, reading: string): DraftPhase {
  const milestones = plan.milestones.toSorted((one, other) => one.order - other.order)
  return {
    phase_type: 'core',
    name: 'Core',
    description: plan.assignment_summary.objective,
    milestones: milestones.map(({ id, title, purpose, due_strategy, acceptance_criteria, tasks }) => ({
      slug: id,
      name: nameOf(title),
      description: `${purpose}\nWhen: ${due_strategy}`,
      tasks: tasks.map((task) => ({
        slug: task.id,
        name: nameOf(task.title),
        description: task.description,
        task_type: 'work',
        estimated_minutes: effortMinutes(task.estimated_effort),
        deliverable: task.deliverable,
        depends_on: task.depends_on.length === 0 ? [reading] : task.depends_on,
        validation: [
          say('done_definition')(task.done_definition),
          ...acceptance_criteria.map(say('acceptance_criterion')),
        ],
      })),
    })),
  }
}

const HANDS_IN = /\b(?:hand|turn)(?:s|ed|ing)?\b[^.]{0,40}\bin\b|\bsubmit|\bupload/i

const isHandIn = ({ id, title }: PlanTask): boolean =>
  HANDS_IN.test(title) || HANDS_IN.test(id.replaceAll('-', ' '))

/** The tasks of the plan that no other waits for once the work is not handed in yet: when they are completed, it can be. */
function lastTasks({ milestones }: Plan): readonly string[] {
  const inOrder = milestones.toSorted((one, other) => one.order - other.order)
  const tasks = inOrder.flatMap((milestone) => milestone.tasks)
  // One before the last, such as that of a draft, is a part of the work.
  const handIn = tasks.findLast(isHandIn)
  const handedIn = new Set(handIn === undefined ? [] : [handIn.id])
  // What waits for it, such as a review of others' work, comes when the work is out of hand.
  for (const { id, depends_on } of orderByDependencies(tasks))
    if (depends_on.some((need) => handedIn.has(need))) handedIn.add(id)
  const before = tasks.filter(({ id }) => !handedIn.has(id))
  const awaited = new Set(before.flatMap(({ depends_on }) => depends_on))
  return before.map(({ id }) => id).filter((id) => !awaited.has(id))
}

/** The last phase: each line of the final checklist, once the work is done. */
export function draftPolish(plan: Plan, reading: string, name: Names): DraftPhase {
  const { final_checklist, quality_bar, common_failure_modes } = plan.submission_strategy
  const last = lastTasks(plan)
  const checks = final_checklist.map((line, index): DraftTask => ({
    ...noWork,
    slug: name.task(`check-${toSlug(line) || index + 1}`),
    name: nameOf(line),
    description: `Hold the whole work against this line before you hand it in.\n${quality_bar}`,
    task_type: 'final_check',
    depends_on: last.length === 0 ? [reading] : last,
    validation: [say('final_checklist')(line)],
  }))
  const watch = common_failure_modes.length === 0 ? '' : `\nWatch out for: ${common_failure_modes.join('; ')}`
  const milestone: DraftMilestone = {
    slug: name.milestone('final-checks'),
    name: 'Final checks',
    description: `${quality_bar}${watch}`,
    tasks: checks,
  }
  return {
    phase_type: 'polish',
    name: 'Polish',
    description: 'Hold the whole work against the final checklist before you hand it in.',
    milestones: checks.length === 0 ? [] : [milestone],
  }
}
