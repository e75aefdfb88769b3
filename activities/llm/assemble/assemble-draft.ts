import { z } from 'zod'

import { toSlug } from '../../../contract/slug.ts'
import { attach, type Attachments } from '../offline/draft/attach.ts'
import { readBrief, type Brief } from '../offline/draft/brief.ts'
import { composePlan } from '../offline/draft/draft-offline.ts'
import { renderPlan } from '../offline/draft/grounded.ts'
import type { MilestoneTemplate } from '../offline/draft/template.ts'
import type { ModelSteps } from '../port.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import type { Assembled } from '../providers/ask-model.ts'
import { checkDraft } from './check-draft.ts'
import { draftTaint, dropTainted } from './drop-tainted.ts'
import { nameTasks, readWayOfWorking } from './read-way-of-working.ts'

type Input = ModelSteps['draft']['input']
type Output = ModelSteps['draft']['output']

const MOST_RISKS = 3
const MOST_MODES = 4
const MOST_ISSUES = 12

const QUALITY_BAR =
  'Ready when every line of the checklist is ticked and you would explain each choice aloud. The way of working was drafted by a language model; what is asked stands here in the words of the sources: read them yourself.'

/** The brief with the model's way of working in the place of a genre's; its own reading of a rejection replaces the rules'. */
function briefOf(answer: DraftAnswer, input: Input): Brief {
  const brief = readBrief(input)
  const { bufferFactor } = brief.adjustment
  const [risk] = answer.risks
  return {
    ...brief,
    adjustment: { reason: null, terse: false, effortFactor: 1, bufferFactor, changes: [] },
    template: {
      ...brief.template,
      main: mainTask(answer, brief),
      success: answer.success.trim().replace(/[.\s]+$/, ''),
      failureModes: answer.failure_modes.slice(0, MOST_MODES),
      risk: risk ?? brief.template.risk,
    },
  }
}

/** The task that takes what none is named for: the one with the most work. */
function mainTask(answer: DraftAnswer, brief: Brief): string {
  const [main] = nameTasks(answer, brief).toSorted((a, b) => b.minutes - a.minutes)
  return main?.slug ?? ''
}

/** What hangs on each task: where the model put it, and where the rules put what it named nowhere. */
function attachAsNamed(
  answer: DraftAnswer,
  brief: Brief,
  milestones: readonly MilestoneTemplate[],
): Attachments {
  const named = nameTasks(answer, brief)
  const byRule = attach(
    brief,
    milestones.flatMap(({ tasks }) => tasks),
  )
  const placeOf = <T>(of: ReadonlyMap<string, readonly T[]>) =>
    new Map([...of].flatMap(([task, items]) => items.map((item) => [item, task] as const)))
  const requirementPlace = placeOf(byRule.requirements)
  const criterionPlace = placeOf(byRule.criteria)
  const { main } = brief.template
  const criteria = brief.context.rubric?.criteria ?? []
  const taskOfCriterion = (criterion: (typeof criteria)[number]): string =>
    named.find(({ criterion_ids }) => criterion_ids.includes(criterion.id))?.slug ??
    criterionPlace.get(criterion) ??
    main
  // A requirement that only names a criterion stands where the criterion does.
  const places = new Map(criteria.map((criterion) => [criterion.id, taskOfCriterion(criterion)]))
  return {
    requirements: Map.groupBy(
      brief.requirements,
      (requirement) =>
        places.get(requirement.criterion_id ?? '') ??
        named.find(({ requirement_ids }) => requirement_ids.includes(requirement.id))?.slug ??
        requirementPlace.get(requirement) ??
        main,
    ),
    criteria: Map.groupBy(criteria, taskOfCriterion),
  }
}

/** What makes an answer no way of working at all. */
function findGaps(answer: DraftAnswer, brief: Brief): readonly string[] {
  const names = nameTasks(answer, brief).map(({ slug }) => slug)
  const milestones = answer.milestones.map(({ id }) => toSlug(id))
  const empty = answer.milestones.filter(({ tasks }) => tasks.length === 0)
  return [
    ...(answer.milestones.length === 0 ? ['milestones: there is none'] : []),
    ...empty.map(({ id }) => `milestones: ${id} has no task`),
    ...[...names, ...milestones].filter((name) => name === '').map(() => 'an id holds no letter or digit'),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `the task id ${name} stands twice`),
  ]
}

function describeFaults(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

function render(answer: DraftAnswer, brief: Brief): Output | z.ZodError {
  const milestones = readWayOfWorking(answer, brief)
  const grounded = composePlan(brief, milestones, attachAsNamed(answer, brief, milestones))
  const { final_checklist, common_failure_modes } = grounded.submission_strategy
  try {
    const plan = {
      ...grounded,
      risks: [...grounded.risks, ...answer.risks.slice(1, MOST_RISKS)],
      submission_strategy: { final_checklist, common_failure_modes, quality_bar: QUALITY_BAR },
    }
    return renderPlan(plan, brief.toldBy)
  } catch (error) {
    if (error instanceof z.ZodError) return error
    throw error
  }
}

/**
 * Makes a plan of a model's way of working: constraints, checklist, grading, dates and links are written by code from
 * what was distilled; only how to go about it is the model's, and it is checked before it is taken.
 */
export function assembleDraft(given: DraftAnswer, input: Input): Assembled<Output> {
  const answer = dropTainted(given, draftTaint(input))
  const gaps = findGaps(answer, readBrief(input))
  if (gaps.length > 0) return { ok: false, issues: gaps }
  const draft = render(answer, briefOf(answer, input))
  const faults = draft instanceof z.ZodError ? describeFaults(draft) : checkDraft(draft, input)
  if (faults.length > 0 || draft instanceof z.ZodError)
    return { ok: false, issues: faults.slice(0, MOST_ISSUES) }
  return { ok: true, output: draft }
}
