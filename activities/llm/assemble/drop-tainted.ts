import type { Distilled } from '../../../contract/requirements.ts'
import type { ModelSteps } from '../port.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import { createTaintCheck, type IsTainted } from './find-tainted.ts'

type Input = ModelSteps['draft']['input']
type Milestone = DraftAnswer['milestones'][number]
type Task = Milestone['tasks'][number]

const PLAIN = {
  title: 'The next part of the work',
  purpose: 'What comes after it needs it.',
  what: 'Do what the instructions ask for here, one after the other.',
  deliverable: 'Your result of this part',
  done: 'Everything the instructions ask for here is there.',
} as const

/** What a draft was asked to rest on, as far as it is sound: nothing that overlaps text addressed to a machine. */
function soundWords({ context, distilled }: Input): readonly string[] {
  const { requirements, dates, ai_policy, suspicious } = distilled
  const evidence = [...requirements.flatMap((one) => one.evidence), ...dates.map((date) => date.evidence)]
  const quotes = [...evidence, ...ai_policy.evidence].filter(
    (item) =>
      !suspicious.some(
        ({ document_id, start, end }) =>
          document_id === item.document_id &&
          (start ?? 0) < (item.end ?? 0) &&
          (item.start ?? 0) < (end ?? 0),
      ),
  )
  return [
    ...quotes.map(({ quote }) => quote),
    ...requirements.map(({ statement }) => statement),
    distilled.objective,
    ...distilled.open_questions,
    context.assignment.title,
    context.course.name,
    JSON.stringify(context.rubric),
  ]
}

/** A check for lines of a draft, from what the documents held for machines. */
export function draftTaint(input: Input): IsTainted {
  return createTaintCheck(quotesOf(input.distilled), soundWords(input))
}

function quotesOf({ suspicious }: Distilled): readonly string[] {
  return suspicious.map(({ quote }) => quote)
}

function cleanTask(task: Task, isTainted: IsTainted): Task {
  const say = (field: 'what' | 'deliverable' | 'done'): string =>
    isTainted(task[field]) ? PLAIN[field] : task[field]
  return { ...task, what: say('what'), deliverable: say('deliverable'), done: say('done') }
}

/** What a task waits for once some are gone: in the place of a dropped one, whatever that one waited for. */
function waitsFor(
  id: string,
  dropped: ReadonlyMap<string, Task>,
  seen: ReadonlySet<string>,
): readonly string[] {
  const gone = dropped.get(id)
  if (gone === undefined) return [id]
  if (seen.has(id)) return []
  return gone.depends_on.flatMap((before) => waitsFor(before, dropped, new Set([...seen, id])))
}

/**
 * An answer without what text addressed to a machine has put into it: such tasks and risks go, such lines are replaced
 * by plain ones, and the order of what is left stays. Answers to clean documents come back as they are.
 */
export function dropTainted(answer: DraftAnswer, isTainted: IsTainted): DraftAnswer {
  const tasks = answer.milestones.flatMap((milestone) => milestone.tasks)
  const dropped = new Map(
    tasks
      .filter(({ id, title }) => isTainted(title) || isTainted(id.replaceAll('-', ' ')))
      .map((task) => [task.id, task]),
  )
  const milestones = answer.milestones.map(({ id, title, purpose, tasks: own }, index): Milestone => ({
    id: isTainted(id.replaceAll('-', ' ')) ? `part-${index + 1}` : id,
    title: isTainted(title) ? PLAIN.title : title,
    purpose: isTainted(purpose) ? PLAIN.purpose : purpose,
    tasks: own
      .filter((task) => !dropped.has(task.id))
      .map((task) => ({
        ...cleanTask(task, isTainted),
        depends_on: [...new Set(task.depends_on.flatMap((before) => waitsFor(before, dropped, new Set())))],
      })),
  }))
  return {
    // One that came without tasks is not ours to hide.
    milestones: milestones.filter(
      ({ tasks: left }, index) => left.length > 0 || answer.milestones[index]?.tasks.length === 0,
    ),
    risks: answer.risks.filter(({ risk, impact, mitigation }) => ![risk, impact, mitigation].some(isTainted)),
    failure_modes: answer.failure_modes.filter((mode) => !isTainted(mode)),
    success: isTainted(answer.success) ? 'The work answers what is asked' : answer.success,
  }
}
