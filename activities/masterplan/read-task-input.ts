import type { Selectable } from 'kysely'

import type { CanvasContext } from '../../contract/canvas-context.ts'
import { Plan } from '../../contract/plan.ts'
import { Distilled } from '../../contract/requirements.ts'
import { RunFailure } from '../../contract/run-errors.ts'
import { findArtefact, readArtefact } from '../../db/read/artefacts.ts'
import { listEarlierWork } from '../../db/read/earlier-work.ts'
import { findMilestoneName } from '../../db/read/masterplan-facts.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../../db/tables/masterplans.ts'
import type { ActivityDeps } from '../deps.ts'
import { readSourceDocuments } from '../distill-requirements.ts'
import { Draft } from '../draft-plan.ts'
import { FetchedContext } from '../fetch-attachments.ts'
import { quietContext } from '../quiet-context.ts'
import { aimOf } from '../roles/aim-of.ts'
import { linkedRequirements } from '../roles/linked-requirements.ts'
import type { RoleInput } from '../roles/role-input.ts'

type PlanRow = Selectable<MasterplansTable>
type TaskRow = Selectable<MasterplanTasksTable>

/** What every role is given of a task before anybody has worked at it. */
export type GivenInput = Omit<RoleInput, 'results' | 'files' | 'sent_back' | 'attempt'>

/** The context a plan was made from; null where none is kept of it. */
async function findContext({ db }: ActivityDeps, plan: PlanRow): Promise<CanvasContext | null> {
  const stored = await findArtefact(db.read, plan, 'canvas_context')
  return stored === undefined ? null : quietContext(FetchedContext.parse(stored.body).context)
}

async function findRequirementIds({ db }: ActivityDeps, plan: PlanRow, task: TaskRow) {
  const stored = await findArtefact(db.read, plan, 'draft')
  return stored === undefined ? [] : linkedRequirements(Draft.parse(stored.body), task)
}

/** Gathers what a task is about and everything it rests on: assignment, requirements, rubric, documents, earlier tasks. */
export async function readTaskInput(
  deps: ActivityDeps,
  { plan: row, task }: { readonly plan: PlanRow; readonly task: TaskRow },
): Promise<GivenInput> {
  const { read } = deps.db
  const [target, ...others] = task.target_files
  if (target === undefined)
    throw new RunFailure(
      'RETRIES_EXHAUSTED',
      'This task has no place to leave its file at. Tell the operator.',
    )
  const plan = await readArtefact(read, row, 'plan', Plan)
  const distilled = await readArtefact(read, row, 'requirements', Distilled)
  const context = await findContext(deps, row)
  const { genre, objective, ai_policy, open_questions, suspicious, requirements } = distilled
  const { name: title, description, deliverable, task_type, validation, estimated_minutes } = task
  const { title: planned, hard_constraints } = plan.assignment_summary
  return {
    subject: {
      title,
      description,
      deliverable,
      task_type,
      validation,
      estimated_minutes,
      target_paths: [target, ...others],
      milestone: await findMilestoneName(read, task.milestone_id),
      aim: aimOf(plan, task),
      requirement_ids: await findRequirementIds(deps, row, task),
    },
    assignment: {
      genre,
      objective,
      ai_policy,
      open_questions,
      suspicious,
      hard_constraints,
      title: context?.assignment.title ?? planned,
      quality_bar: plan.submission_strategy.quality_bar,
      due_at: context?.assignment.due_at ?? null,
      time_zone: context?.course.user_time_zone ?? context?.course.time_zone ?? null,
    },
    requirements,
    criteria: (context?.rubric?.criteria ?? []).map(({ id, description, long_description }) => ({
      id,
      description,
      long_description,
    })),
    documents: await readSourceDocuments(deps, row),
    earlier: await listEarlierWork(read, task),
  }
}
