import pc from 'picocolors'

import type { PlanEvidence } from '../../contract/evidence.ts'
import type { Plan, PlanMilestone, PlanTask } from '../../contract/plan.ts'
import { heading } from './heading.ts'
import { wrapText } from './wrap-text.ts'

function bullets(lines: readonly string[], mark = '• '): string[] {
  return lines.map((line) => wrapText(line, 2, mark))
}

/** The quotes that a place of the plan rests on, with where they stand; one that another contains is left out. */
function quotesFor(pointer: string, evidence: PlanEvidence): string[] {
  const names = new Map(evidence.documents.map(({ document_id, name }) => [document_id, name]))
  const own = evidence.items.filter((item) => item.pointer === pointer)
  const whole = own.filter(
    (item) =>
      !own.some((other) => other.quote.length > item.quote.length && other.quote.includes(item.quote)),
  )
  return whole.map(({ quote, document_id, page, match }) => {
    const where = `${names.get(document_id) ?? 'a document'}${page === null ? '' : `, page ${page}`}`
    const sure = match === 'exact' ? '' : ` (${match})`
    return pc.dim(wrapText(`“${quote.trim()}” — ${where}${sure}`, 6))
  })
}

function printConstraints(plan: Plan, evidence: PlanEvidence): string[] {
  return plan.assignment_summary.hard_constraints.flatMap((constraint, index) => [
    wrapText(constraint, 2, '• '),
    ...quotesFor(`/assignment_summary/hard_constraints/${index}`, evidence),
  ])
}

function printTask(task: PlanTask, numbers: ReadonlyMap<string, string>): string[] {
  const after = task.depends_on.map((id) => numbers.get(id) ?? id)
  const needs = after.length === 0 ? '' : `, after ${after.join(', ')}`
  const number = numbers.get(task.id) ?? ''
  return [
    wrapText(`${task.title} (${task.estimated_effort}${needs})`, 4, `${number}  `),
    pc.dim(wrapText(task.description, 9)),
    ...(task.deliverable === '' ? [] : [wrapText(`Makes: ${task.deliverable}`, 9)]),
    wrapText(`Done when: ${task.done_definition}`, 9),
  ]
}

function printMilestone(milestone: PlanMilestone, numbers: ReadonlyMap<string, string>): string[] {
  return [
    '',
    pc.bold(`  ${milestone.order}. ${milestone.title}`),
    wrapText(milestone.purpose, 4),
    pc.yellow(wrapText(milestone.due_strategy, 4)),
    ...milestone.tasks.flatMap((task) => printTask(task, numbers)),
  ]
}

function numberTasks(plan: Plan): ReadonlyMap<string, string> {
  const pairs = plan.milestones.flatMap((milestone) =>
    milestone.tasks.map((task, index) => [task.id, `${milestone.order}.${index + 1}`] as const),
  )
  return new Map(pairs)
}

/** The plan as a student would read it, with the words each hard constraint rests on. */
export function printPlan(plan: Plan, evidence: PlanEvidence): string {
  const { assignment_summary: summary, submission_strategy: strategy } = plan
  const numbers = numberTasks(plan)
  return [
    heading(summary.title),
    wrapText(summary.objective, 2),
    wrapText(`Success: ${summary.success_definition}`, 2),
    heading('What must hold'),
    ...printConstraints(plan, evidence),
    heading('What is graded'),
    ...bullets(summary.grading_signals),
    heading('Milestones and tasks'),
    ...plan.milestones.flatMap((milestone) => printMilestone(milestone, numbers)),
    heading('Risks'),
    ...plan.risks.flatMap(({ risk, impact, mitigation }) => [
      wrapText(risk, 2, '! '),
      wrapText(`${impact} → ${mitigation}`, 4),
    ]),
    heading('Before you submit'),
    ...bullets(strategy.final_checklist, '☐ '),
    wrapText(`Quality bar: ${strategy.quality_bar}`, 2),
    ...bullets(strategy.common_failure_modes, '– '),
    '',
  ].join('\n')
}
