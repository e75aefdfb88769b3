import { z } from 'zod'

import { EvidenceItem } from '../contract/evidence.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readSourceDocuments } from './distill-requirements.ts'
import { Draft } from './draft-plan.ts'
import { FetchedContext } from './fetch-attachments.ts'
import type { Claim, ClaimVerdict } from './llm/port.ts'
import { runStage, type StageInput, type StageOutcome } from './run-stage.ts'
import { verifyPlan } from './verify/verify-plan.ts'

const Finding = z.strictObject({
  code: z.string(),
  pointer: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
})

/** What checking the plan against its documents found. */
export const Verification = z.strictObject({ findings: z.array(Finding), evidence: z.array(EvidenceItem) })

type Finding = z.infer<typeof Finding>

// The claims a person relies on most; each is judged by its own quote alone.
function claimsOf({ plan }: Draft, evidence: readonly EvidenceItem[]): readonly Claim[] {
  return plan.assignment_summary.hard_constraints.flatMap((claim, index) => {
    const id = `/assignment_summary/hard_constraints/${index}`
    const quote = evidence
      .filter((item) => item.pointer === id)
      .map((item) => item.quote)
      .join('\n')
    return quote === '' ? [] : [{ id, claim, quote }]
  })
}

type Draft = z.infer<typeof Draft>

function findingOf({ id, verdict, reason }: ClaimVerdict): readonly Finding[] {
  if (verdict === 'entailed') return []
  const severity = verdict === 'contradicted' ? 'error' : 'info'
  return [{ code: `claim_${verdict}`, pointer: id, severity, message: reason }]
}

function refuseUnsound(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error')
  if (errors.length === 0) return
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new RunFailure(
    'MODEL_OUTPUT_INVALID',
    `The drafted plan does not hold against the source: ${first?.message ?? ''}${more}. Reprocess to draft it anew.`,
  )
}

/** Checks the plan against the documents: by code first, then claim by claim; one that fails is never shown. */
export async function verifyAgainstSource(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'verify_against_source', input, async (work) => {
    const { step } = work
    const { context } = await readArtefact(deps.db.read, step, 'canvas_context', FetchedContext)
    const distilled = await readArtefact(deps.db.read, step, 'requirements', Distilled)
    const draft = await readArtefact(deps.db.read, step, 'draft', Draft)
    const documents = await readSourceDocuments(deps, step)
    const { findings, evidence } = verifyPlan({ ...draft, distilled, documents, context })
    const reply = await askModel(deps, work, 'judge', { claims: claimsOf(draft, evidence) })
    const body = {
      findings: [...findings, ...reply.output.verdicts.flatMap(findingOf)],
      evidence: [...evidence],
    }
    refuseUnsound(body.findings)
    return {
      artefacts: [
        { kind: 'verification', body: Verification.parse(body), provenance: provenanceOf(deps, reply) },
      ],
    }
  })
}
