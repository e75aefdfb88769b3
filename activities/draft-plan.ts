import { z } from 'zod'

import { describePolicy, policyAllows } from '../contract/ai-policy.ts'
import type { CanvasContext } from '../contract/canvas-context.ts'
import type { MilestonePreview } from '../contract/events.ts'
import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { cutText } from '../contract/text.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { showPreview, type Preview } from '../db/write/stages.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { createPreviewQueue } from './show-previews.ts'
import { readQuietContext } from './fetch-attachments.ts'
import { readRejection } from './read-rejection.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

const PlanLink = z.strictObject({ pointer: z.string(), requirement_ids: z.array(z.string()) })

/** A plan before it is checked, with what each place of it answers to. */
export const Draft = z.strictObject({ plan: Plan, links: z.array(PlanLink) })

const LONGEST_QUOTE = 500

/** The course's own words win: where they forbid AI help or plans, none is made; what is asked stays as a checklist. */
export function refuseForbidden({ ai_policy }: Distilled): void {
  if (policyAllows(ai_policy).plan) return
  const quote = cutText((ai_policy.evidence[0]?.quote ?? '').replaceAll(/\s+/g, ' ').trim(), LONGEST_QUOTE)
  const forbidden = describePolicy(ai_policy.level).plan ? 'AI tools to plan or outline' : 'AI help for'
  throw new RunFailure(
    'POLICY_FORBIDS_AI',
    `The course does not allow ${forbidden} this work, so Waymark makes no plan here. What is asked is ready as a checklist to work through by yourself: GET the address of this assignment with /requirements at its end. If you read the rule differently, ask your instructor: “${quote}”`,
  )
}

function previewMilestone({ id, title, order, tasks }: MilestonePreview): Preview {
  return { message: `Milestone ${order}: ${title}.`, milestone_preview: { id, title, order, tasks } }
}

function previewSummary({ context, distilled }: { context: CanvasContext; distilled: Distilled }): Preview {
  return { message: `Drafting “${context.assignment.title}”.`, draft_summary: distilled.objective }
}

/** Drafts the plan from what was distilled and shows it while it grows. */
export async function draftPlan(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'draft_plan', input, async (work) => {
    const context = await readQuietContext(deps.db.read, work.step)
    const distilled = await readArtefact(deps.db.read, work.step, 'requirements', Distilled)
    refuseForbidden(distilled)
    const previews = createPreviewQueue<Preview>((preview, position) =>
      showPreview(deps.db.write, work.step, preview, position),
    )
    previews.show(previewSummary({ context, distilled }))
    const { rejection_reason, share } = await readRejection(deps, work.step)
    const given = { context, distilled, now: deps.now().toISOString(), rejection_reason }
    const reply = await askModel(deps, work, 'draft', given, {
      share,
      onPartial: (partial) => {
        // What is half written is not checked yet: after a document that speaks to machines only the checked plan is shown.
        if (partial.kind !== 'milestone' || distilled.suspicious.length > 0) return
        const { id, title, tasks, position } = partial
        previews.show(previewMilestone({ id, title, order: position + 1, tasks }))
      },
    })
    const body = Draft.parse(reply.output)
    for (const { id, title, order, tasks } of body.plan.milestones)
      previews.show(previewMilestone({ id, title, order, tasks: tasks.length }))
    await previews.settled()
    return { artefacts: [{ kind: 'draft', body, provenance: provenanceOf(deps, reply) }] }
  })
}
