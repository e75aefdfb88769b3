import type { EvidenceItem } from '../../contract/evidence.ts'
import { checkDates } from './check-dates.ts'
import { checkGraph } from './check-graph.ts'
import { checkLinks } from './check-links.ts'
import { checkNumbers } from './check-numbers.ts'
import { checkQuotations } from './check-quotations.ts'
import { checkRubric } from './check-rubric.ts'
import { collectEvidence } from './collect-evidence.ts'
import type { Finding } from './finding.ts'
import { proseLeak } from './prose-leak.ts'
import { gatherSources, type Verifiable } from './sources.ts'

export interface Verification {
  readonly findings: readonly Finding[]
  readonly evidence: readonly EvidenceItem[]
}

/**
 * Checks a plan, whoever drafted it, against documents and Canvas, by code alone, and collects the evidence of its lines.
 * A finding of severity `error` means the plan must not be shown as verified.
 */
export function verifyPlan(given: Verifiable): Verification {
  const sources = gatherSources(given)
  const { findings, evidence } = collectEvidence(sources)
  const said = [
    sources.everything,
    ...given.distilled.requirements.map(({ statement }) => statement),
    given.distilled.objective,
  ]
  const leaks = proseLeak(given.plan, said).map(({ pointer, text }): Finding => ({
    code: 'SUBMISSION_PROSE',
    pointer,
    severity: 'error',
    message: `This reads like the work itself: “${text}”`,
  }))
  return {
    findings: [
      ...findings,
      ...checkLinks(sources),
      ...checkNumbers(sources),
      ...checkDates(sources),
      ...checkQuotations(sources),
      ...checkGraph(given.plan),
      ...checkRubric(sources),
      ...leaks,
    ],
    evidence,
  }
}
