import type { EvidenceItem } from '../../contract/evidence.ts'
import { checkDates } from './check-dates.ts'
import { checkGraph } from './check-graph.ts'
import { checkLinks } from './check-links.ts'
import { checkRubric } from './check-rubric.ts'
import { createStringCheck } from './check-strings.ts'
import { collectEvidence } from './collect-evidence.ts'
import type { Finding } from './finding.ts'
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
  return {
    findings: [
      ...findings,
      ...checkLinks(sources),
      ...sources.strings.flatMap(createStringCheck(sources)),
      ...checkDates(sources),
      ...checkGraph(given.plan),
      ...checkRubric(sources),
    ],
    evidence,
  }
}
