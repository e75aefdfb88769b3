import { readNumbers } from '../../verify/read-numbers.ts'
import type { Finding } from '../offline/distill/finding.ts'

const HALF = 0.5
const BINDING = new Set<Finding['modality']>(['must', 'must_not'])

/** How much of a finding's own place another one shares, 0 to 1. */
function shareOf(one: Finding, other: Finding): number {
  if (one.document_id !== other.document_id) return 0
  const [[a], [b]] = [one.spans, other.spans]
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return Math.max(0, shared) / (a.end - a.start)
}

function coverOf(rule: Finding, model: readonly Finding[]): readonly Finding[] {
  const covering = model.filter((finding) => shareOf(rule, finding) > 0)
  const covered = covering.reduce((sum, finding) => sum + shareOf(rule, finding), 0)
  return covered >= HALF ? covering : []
}

/** The values a finding keeps: those it counts and those its statement says. */
function valuesOf({ statement, quantities }: Finding): readonly number[] {
  return [...quantities, ...readNumbers(statement)].map(({ value }) => value)
}

/** Whether a model's reading of a place may replace the rules': it keeps every count and is no laxer. */
function mayReplace(rule: Finding, covering: readonly Finding[]): boolean {
  if (rule.group !== null || rule.criterion_id !== null) return false
  const values = covering.flatMap(valuesOf)
  if (!rule.quantities.every(({ value }) => values.includes(value))) return false
  if (rule.modality === 'must_not') return covering.some(({ modality }) => modality === 'must_not')
  return !BINDING.has(rule.modality) || covering.some(({ modality }) => BINDING.has(modality))
}

/** A finding with what the rules it replaces have read there: counts its own statement says, and words that bind. */
function withReplaced(finding: Finding, replaced: readonly Finding[]): Finding {
  const here = replaced.filter((rule) => shareOf(rule, finding) > 0)
  const said = new Set(readNumbers(finding.statement).map(({ value }) => value))
  const counted = new Set(finding.quantities.map(({ value }) => value))
  const more = here
    .flatMap(({ quantities }) => quantities)
    .filter(({ value }) => said.has(value) && !counted.has(value))
  const weight = here.some((rule) => rule.weight === 'firm') ? 'firm' : finding.weight
  return { ...finding, weight, quantities: [...finding.quantities, ...more] }
}

/** What the rules say otherwise about the same place, and may not be given up. */
function refutedBy(rules: readonly Finding[], model: readonly Finding[]): ReadonlySet<Finding> {
  const refuted = rules.flatMap((rule) => {
    const covering = coverOf(rule, model)
    if (covering.length === 0 || mayReplace(rule, covering)) return []
    return covering.filter((finding) => shareOf(finding, rule) >= HALF)
  })
  return new Set(refuted)
}

/**
 * The union of what rules and a model found. Where both speak of one place the model's reading stands, unless it drops
 * a count or makes a duty lighter: then the rules' does.
 */
export function joinFindings(
  rules: readonly Finding[],
  model: readonly Finding[],
  documentIds: readonly string[],
): readonly Finding[] {
  const refuted = refutedBy(rules, model)
  const kept = model.filter((finding) => !refuted.has(finding))
  const replaced = rules.filter((rule) => {
    const covering = coverOf(rule, kept)
    return covering.length > 0 && mayReplace(rule, covering)
  })
  const given = new Set(replaced)
  const own = rules.filter((rule) => !given.has(rule))
  const place = ({ document_id }: Finding): number => documentIds.indexOf(document_id)
  return [...own, ...kept.map((finding) => withReplaced(finding, replaced))].sort(
    (a, b) => place(a) - place(b) || a.spans[0].start - b.spans[0].start,
  )
}
