import type { CanvasContext } from '../../../contract/canvas-context.ts'
import { deriveMasterplan } from '../../../contract/masterplan/derive-masterplan.ts'
import type { DerivedTask } from '../../../contract/masterplan/derived-plan.ts'
import type { Distilled } from '../../../contract/requirements.ts'
import { loadBriefs } from '../../llm/briefs/load-briefs.ts'
import { distillOffline } from '../../llm/offline/distill/index.ts'
import { draftOffline } from '../../llm/offline/draft/draft-offline.ts'
import { ESSAY_NOW } from '../../llm/offline/draft/examples/essay-assignment.ts'
import type { ModelSteps, SourceDocument } from '../../llm/port.ts'
import { aimOf } from '../aim-of.ts'
import { linkedRequirements } from '../linked-requirements.ts'
import type { RoleInput } from '../role-input.ts'

interface Drafted {
  readonly context: CanvasContext
  readonly distilled: Distilled
  readonly documents: readonly SourceDocument[]
  readonly draft: ModelSteps['draft']['output']
}

function inputOf(
  { context, distilled, documents, draft }: Drafted,
  task: DerivedTask,
  milestone: string,
): RoleInput {
  const { plan } = draft
  const { assignment, course, rubric } = context
  return {
    subject: {
      title: task.name,
      description: task.description,
      deliverable: task.deliverable,
      task_type: task.task_type,
      target_paths: task.target_files,
      validation: task.validation,
      estimated_minutes: task.estimated_minutes,
      milestone,
      aim: aimOf(plan, task),
      requirement_ids: linkedRequirements(draft, task),
    },
    assignment: {
      title: assignment.title,
      genre: distilled.genre,
      objective: distilled.objective,
      ai_policy: distilled.ai_policy,
      open_questions: distilled.open_questions,
      suspicious: distilled.suspicious,
      hard_constraints: plan.assignment_summary.hard_constraints,
      quality_bar: plan.submission_strategy.quality_bar,
      due_at: assignment.due_at,
      time_zone: course.user_time_zone ?? course.time_zone,
    },
    requirements: distilled.requirements,
    criteria: (rubric?.criteria ?? []).map(({ id, description, long_description }) => ({
      id,
      description,
      long_description,
    })),
    documents,
    earlier: [],
    results: {},
    files: [],
    sent_back: null,
    attempt: 1,
  }
}

/** What the roles are given for every task of the masterplan that rules make of an assignment. */
export function roleInputs(given: Omit<Drafted, 'draft'>): readonly RoleInput[] {
  const { context, distilled } = given
  const draft = draftOffline({ context, distilled, now: ESSAY_NOW, rejection_reason: null })
  const derivation = deriveMasterplan(draft.plan, distilled.genre)
  if (derivation.kind === 'refused') return []
  return derivation.masterplan.phases.flatMap(({ milestones }) =>
    milestones.flatMap(({ name, tasks }) => tasks.map((task) => inputOf({ ...given, draft }, task, name))),
  )
}

// One brief of each sort is enough here; that many more read well is what the evaluation shows.
const ONE_OF_EACH =
  /^(?:bibliography|discussion|essay|lab-report|presentation|programming|research-paper|design-portfolio)$/

/** The inputs of every task of the plan of a brief of each genre, by the name of the brief. */
export function briefInputs(): ReadonlyMap<string, readonly RoleInput[]> {
  return new Map(
    loadBriefs('development')
      .filter(({ name }) => ONE_OF_EACH.test(name))
      .map(({ name, context, texts }) => {
        const distilled = distillOffline({ context, documents: texts })
        return [name, roleInputs({ context, distilled, documents: texts })]
      }),
  )
}
