import { z } from 'zod'

import type { CanvasContext } from '../contract/canvas-context.ts'
import { CheckFinding, EvidenceItem } from '../contract/evidence.ts'
import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { reportProgress } from '../db/write/stages.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readSourceDocuments } from './distill-requirements.ts'
import { Draft } from './draft-plan.ts'
import { readQuietContext } from './fetch-attachments.ts'
import { EVERYONE, type Claim, type ClaimVerdict, type SourceDocument } from './llm/port.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome, StageWork } from './try-stage.ts'
import { repairPlan, type PlaceError } from './verify/repair-plan.ts'
import { verifyPlan } from './verify/verify-plan.ts'

const HARD = '/assignment_summary/hard_constraints'

type Verification = z.infer<typeof Verification>
type Draft = z.infer<typeof Draft>

/** The plan as far as it holds against its documents, with what checking it found and the quotes behind its lines. */
export const Verification = z.strictObject({
  plan: Plan,
  findings: z.array(CheckFinding),
  evidence: z.array(EvidenceItem),
})

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

/** What the judge could not find in a quote, at the place its claim has come to stand in; a person may want to look. */
function doubtsOf(
  verdicts: readonly ClaimVerdict[],
  claims: readonly Claim[],
  plan: Plan,
): readonly CheckFinding[] {
  return verdicts.flatMap(({ id, verdict, reason }): readonly CheckFinding[] => {
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

const errorsIn = (findings: readonly CheckFinding[]) =>
  findings.filter(({ severity }) => severity === 'error')

function refuseUnsound(findings: readonly CheckFinding[]): void {
  const errors = errorsIn(findings)
  if (errors.length === 0) return
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new RunFailure(
    'MODEL_OUTPUT_INVALID',
    `The drafted plan does not hold against the source and cannot be mended: ${first?.message ?? ''}${more}. Reprocess to draft it anew.`,
  )
}

interface Sources {
  readonly distilled: Distilled
  readonly documents: readonly SourceDocument[]
  readonly context: CanvasContext
}

interface Checked {
  readonly verification: Verification
  readonly provenance: object
}

/** Checks a draft by code, then its claims by their quotes alone, and mends what does not hold. */
async function check(deps: ActivityDeps, work: StageWork, sources: Sources, draft: Draft): Promise<Checked> {
  const given = { ...draft, ...sources }
  const claims = claimsOf(draft, verifyPlan(given).evidence)
  const reply = await askModel(deps, work, 'judge', { claims }, { share: EVERYONE })
  const { verdicts } = reply.output
  const repaired = repairPlan(given, contradictionsOf(verdicts))
  const { plan } = repaired.given
  const findings = [...repaired.findings, ...doubtsOf(verdicts, claims, plan)]
  const verification = Verification.parse({ plan, findings, evidence: repaired.evidence })
  return { verification, provenance: provenanceOf(deps, reply) }
}

const errorsOf = (draft: Draft, sources: Sources) => errorsIn(verifyPlan({ ...draft, ...sources }).findings)

/**
 * The draft that goes on to be checked: where code finds it wrong a model may draft once more, told what was found, and
 * the one with fewer errors is kept. Rules would only say the same again.
 */
async function settleDraft(deps: ActivityDeps, work: StageWork, sources: Sources): Promise<Draft> {
  const draft = await readArtefact(deps.db.read, work.step, 'draft', Draft)
  const wrong = errorsOf(draft, sources)
  if (wrong.length === 0 || deps.llm.provider === 'offline') return draft
  const { distilled, context } = sources
  const findings = wrong.map(({ pointer, message }) => `${pointer}: ${message}`)
  const input = { context, distilled, now: deps.now().toISOString(), rejection_reason: null, findings }
  const again = Draft.parse((await askModel(deps, work, 'draft', input, { share: EVERYONE })).output)
  return errorsOf(again, sources).length < wrong.length ? again : draft
}

const MOST_TOLD = 20

/** Tells what was found, a finding an event, so that nothing that was changed or left open is hidden. */
async function tell(
  deps: ActivityDeps,
  step: StageWork['step'],
  findings: readonly CheckFinding[],
): Promise<void> {
  const told = findings.slice(0, MOST_TOLD)
  for (const [index, { message }] of told.entries()) {
    const payload = { done: index + 1, total: told.length, unit: 'findings' }
    await reportProgress(deps.db.write, step, payload, message)
  }
}

/**
 * Checks the plan against the documents, by code first and then claim by claim. What is wrong goes back to be drafted
 * once more; what is wrong even then is mended by code, and a plan that cannot be mended is never shown.
 */
export async function verifyAgainstSource(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'verify_against_source', input, async (work) => {
    const { step } = work
    const context = await readQuietContext(deps.db.read, step)
    const distilled = await readArtefact(deps.db.read, step, 'requirements', Distilled)
    const sources = { distilled, documents: await readSourceDocuments(deps, step), context }
    const draft = await settleDraft(deps, work, sources)
    const { verification, provenance } = await check(deps, work, sources, draft)
    refuseUnsound(verification.findings)
    await tell(deps, step, verification.findings)
    return { artefacts: [{ kind: 'verification', body: verification, provenance }] }
  })
}
