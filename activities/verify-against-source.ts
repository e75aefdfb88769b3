import { z } from 'zod'

import { EvidenceItem } from '../contract/evidence.ts'
import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readSourceDocuments } from './distill-requirements.ts'
import { Draft } from './draft-plan.ts'
import { readQuietContext } from './fetch-attachments.ts'
import type { Claim, ClaimVerdict } from './llm/port.ts'
import { runStage, type StageInput, type StageOutcome } from './run-stage.ts'
import { repairPlan, type PlaceError } from './verify/repair-plan.ts'
import { verifyPlan } from './verify/verify-plan.ts'

const HARD = '/assignment_summary/hard_constraints'

const Finding = z.strictObject({
  code: z.string(),
  pointer: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
})

/** The plan as far as it holds against its documents, with what checking it found and the quotes behind its lines. */
export const Verification = z.strictObject({
  plan: Plan,
  findings: z.array(Finding),
  evidence: z.array(EvidenceItem),
})

type Finding = z.infer<typeof Finding>

// The claims a person relies on most; each is judged by its own quote alone.
function claimsOf({ plan }: Draft, evidence: readonly EvidenceItem[]): readonly Claim[] {
  return plan.assignment_summary.hard_constraints.flatMap((claim, index) => {
    const id = `${HARD}/${index}`
    const quote = evidence
      .filter((item) => item.pointer === id)
      .map((item) => item.quote)
      .join('\n')
    return quote === '' ? [] : [{ id, claim, quote }]
  })
}

type Draft = z.infer<typeof Draft>

/** What the judge could not find in a quote, at the place its claim has come to stand in; a person may want to look. */
function doubtsOf(
  verdicts: readonly ClaimVerdict[],
  claims: readonly Claim[],
  plan: Plan,
): readonly Finding[] {
  return verdicts.flatMap(({ id, verdict, reason }): readonly Finding[] => {
    const claim = claims.find((one) => one.id === id)?.claim
    const at = plan.assignment_summary.hard_constraints.findIndex((line) => line === claim)
    if (verdict !== 'not_found' || at < 0) return []
    return [{ code: 'claim_not_found', pointer: `${HARD}/${at}`, severity: 'info', message: reason }]
  })
}

/** What the judge found to be said otherwise by the quote: an error of its place. */
function contradictionsOf(verdicts: readonly ClaimVerdict[]): readonly PlaceError[] {
  return verdicts.flatMap(({ id, verdict, reason }) =>
    verdict === 'contradicted' ? [{ code: 'claim_contradicted', pointer: id, message: reason }] : [],
  )
}

function refuseUnsound(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error')
  if (errors.length === 0) return
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new RunFailure(
    'MODEL_OUTPUT_INVALID',
    `The drafted plan does not hold against the source and cannot be mended: ${first?.message ?? ''}${more}. Reprocess to draft it anew.`,
  )
}

/**
 * Checks the plan against the documents, by code first and then claim by claim, and mends what does not hold; one that
 * cannot be mended is never shown.
 */
export async function verifyAgainstSource(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'verify_against_source', input, async (work) => {
    const { step } = work
    const context = await readQuietContext(deps, step)
    const distilled = await readArtefact(deps.db.read, step, 'requirements', Distilled)
    const draft = await readArtefact(deps.db.read, step, 'draft', Draft)
    const documents = await readSourceDocuments(deps, step)
    const given = { ...draft, distilled, documents, context }
    const claims = claimsOf(draft, verifyPlan(given).evidence)
    const reply = await askModel(deps, work, 'judge', { claims })
    const { verdicts } = reply.output
    const repaired = repairPlan(given, contradictionsOf(verdicts))
    const { plan } = repaired.given
    const findings = [...repaired.findings, ...doubtsOf(verdicts, claims, plan)]
    refuseUnsound(findings)
    const body = Verification.parse({ plan, findings, evidence: repaired.evidence })
    return {
      artefacts: [{ kind: 'verification', body, provenance: provenanceOf(deps, reply) }],
    }
  })
}
