import { z } from 'zod'

import { policyAllows } from '../contract/ai-policy.ts'
import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { cutText } from '../contract/text.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { showPreviews, type Preview } from '../db/write/stages.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readQuietContext } from './fetch-attachments.ts'
import { runStage, type StageInput, type StageOutcome } from './run-stage.ts'

const PlanLink = z.strictObject({ pointer: z.string(), requirement_ids: z.array(z.string()) })

/** A plan before it is checked, with what each place of it answers to. */
export const Draft = z.strictObject({ plan: Plan, links: z.array(PlanLink) })

const LONGEST_QUOTE = 500

/** The course's own words win: where they forbid AI help, no plan is made; what is asked stays there as a checklist. */
export function refuseForbidden({ ai_policy }: Distilled): void {
  if (policyAllows(ai_policy).plan) return
  const quote = cutText((ai_policy.evidence[0]?.quote ?? '').replaceAll(/\s+/g, ' ').trim(), LONGEST_QUOTE)
  throw new RunFailure(
    'POLICY_FORBIDS_AI',
    `The course does not allow AI help for this work, so Waymark makes no plan here. What is asked is ready as a checklist to work through by yourself: GET /assignments/{course_id}/{assignment_id}/requirements. If you read the rule differently, ask your instructor: “${quote}”`,
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
    const context = await readQuietContext(deps, work.step)
    const distilled = await readArtefact(deps.db.read, work.step, 'requirements', Distilled)
    refuseForbidden(distilled)
    const now = deps.now().toISOString()
    const reply = await askModel(deps, work, 'draft', { context, distilled, now, rejection_reason: null })
    const body = Draft.parse(reply.output)
    await showPreviews(deps.db.write, work.step, previewsOf(body.plan))
    return { artefacts: [{ kind: 'draft', body, provenance: provenanceOf(deps, reply) }] }
  })
}
