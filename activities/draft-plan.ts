import { z } from 'zod'

import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { showPreviews, type Preview } from '../db/write/stages.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { FetchedContext } from './fetch-attachments.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

const PlanLink = z.strictObject({ pointer: z.string(), requirement_ids: z.array(z.string()) })

/** A plan before it is checked, with what each place of it answers to. */
export const Draft = z.strictObject({ plan: Plan, links: z.array(PlanLink) })

const NO_AI = 1

/** The course's own words win: where they forbid AI help, no plan is made. */
export function refuseForbidden({ ai_policy }: Distilled): void {
  if (ai_policy.level !== NO_AI) return
  const quote = ai_policy.evidence[0]?.quote ?? ''
  throw new RunFailure(
    'POLICY_FORBIDS_AI',
    `The course does not allow AI help for this work, so Waymark makes no plan here; ask your instructor if you read it differently: “${quote}”`,
  )
}

function previewsOf(plan: Plan): readonly Preview[] {
  const { title, objective } = plan.assignment_summary
  const milestones = plan.milestones.map((milestone): Preview => {
    const { id, title: name, order, tasks } = milestone
    return {
      message: `Milestone ${order}: ${name}.`,
      milestone_preview: { id, title: name, order, tasks: tasks.length },
    }
  })
  return [{ message: `Drafting “${title}”.`, draft_summary: objective }, ...milestones]
}

/** Drafts the plan from what was distilled and shows it while it grows. */
export async function draftPlan(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'draft_plan', input, async (work) => {
    const { context } = await readArtefact(deps.db.read, work.step, 'canvas_context', FetchedContext)
    const distilled = await readArtefact(deps.db.read, work.step, 'requirements', Distilled)
    refuseForbidden(distilled)
    const now = deps.now().toISOString()
    const reply = await askModel(deps, work, 'draft', { context, distilled, now, rejection_reason: null })
    const body = Draft.parse(reply.output)
    await showPreviews(deps.db.write, work.step, previewsOf(body.plan))
    return { artefacts: [{ kind: 'draft', body, provenance: provenanceOf(deps, reply) }] }
  })
}
