// Forms that a clause takes when it goes on with what the clause before it asked.

const COUNTED_PART =
  /^(?:of which|of whom|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) of (?:which|them|whom)|including (?:at least|page|no)|(?:with|in|from|on|by) (?:at least|at most|no more than|no fewer than|up to|(?:two|three|four|five|\d+) or more))\b/iu
const LOOKS_PART =
  /^(?:captioned|labell?ed|stapled|formatted) (?:with|by|in|to|and)\b|^(?:double|single)[- ]spaced\b|^organi[sz]ed (?:as|by|into)\b|^with (?:the|an?|each|every|all) [\p{L} ]{2,30} (?:named|labell?ed|shown|given|marked|numbered|cited|included|listed)\b/iu
const FORMAT_PART =
  /^(?:(?:in|with|using|at|have|and) )*(?:an? )?[^,]{0,40}\b(?:margins?|font|times new roman|spaced|spacing|typeface|arial|calibri)\b|^\d+(?:[- ](?:pt|point))\b/iu
const WH_PART = /^(?:what|how|why|where|when|which|whether|who)\b/iu
const WEIGHT_PART = /^[\p{L} ]{2,40}?\s(?:for )?\d+(?:\.\d+)?\s?(?:%|percent|points)/iu
const NOUN_PART = /^(?:an?|the|your|at least|one|two|three|\d+)\s[^,;]{3,90}$/iu
const SIZE_PART =
  /^(?:about |at least |at most |roughly )?(?:\d[\d,.]*(?:[–-]\d[\d,.]*)?|one|two|three|four|five|six|eight|ten|twelve) (?:words|pages|minutes|slides)\b/iu
// What only gives the reason for what comes before.
const REASON =
  /^(?:because|since|as (?:the|your|our|this|these|those|we|i|you|it|there|they|grades|marks)|so that)\b/iu

/** Forms of a clause by what they go on with: a count, a look, a layout, an indirect question, a weight, a thing, a size. */
export const PARTS = {
  counted: COUNTED_PART,
  look: LOOKS_PART,
  format: FORMAT_PART,
  question: WH_PART,
  weight: WEIGHT_PART,
  noun: NOUN_PART,
  size: SIZE_PART,
} as const

/** Whether a clause only gives the reason for the one before it. */
export function isReason(clause: string): boolean {
  return REASON.test(clause)
}

/** Whether a clause goes on with what the clause before it asked, as `with 1-inch margins` or `and a bibliography` do. */
export function continuesList(clause: string): boolean {
  return (
    Object.values(PARTS).some((form) => form.test(clause)) ||
    /^(?:at least|at most|no more than|no fewer than)\b/iu.test(clause)
  )
}
