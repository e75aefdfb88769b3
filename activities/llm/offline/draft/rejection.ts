/** What the plan changes because a person set the last one aside. */
export interface Adjustment {
  readonly reason: string | null
  readonly terse: boolean
  readonly effortFactor: number
  readonly bufferFactor: number
  /** What was changed, one sentence each; empty when no rule reads the reason. */
  readonly changes: readonly string[]
}

const RULES = [
  {
    pattern:
      /\btoo (?:long|much|many|detailed|big)\b|\boverwhelm\w*|\bshort(?:er|en)\b|\bsimpl(?:er|ify)\b|\b(?:fewer|less) (?:tasks|steps|detail)/i,
    change: { terse: true },
    says: 'Tasks that can be left out are left out.',
  },
  {
    pattern:
      /\bmore time\b|\btoo (?:tight|little time|short|rushed|fast)\b|\brushed\b|\bunderestimat\w*|\bnot enough time\b|\btakes? longer\b/i,
    change: { effortFactor: 1.25 },
    says: 'Every task is given more time.',
  },
  {
    pattern: /\bless time\b|\boverestimat\w*|\btoo (?:slow|generous)\b|\btakes? less\b/i,
    change: { effortFactor: 0.8 },
    says: 'Every task is given less time.',
  },
  {
    pattern:
      /\bearlier\b|\bsooner\b|\bbuffer\b|\blast[- ]minute\b|\btoo late\b|\bcloser? to the (?:deadline|due date)\b/i,
    change: { bufferFactor: 2 },
    says: 'More time is kept free before the deadline.',
  },
] as const

/** Reads by rule what a person wants changed: less plan, more or less time, an earlier end. */
export function readRejection(reason: string | null): Adjustment {
  const matched = reason === null ? [] : RULES.filter(({ pattern }) => pattern.test(reason))
  const base = { terse: false, effortFactor: 1, bufferFactor: 1 }
  const merged = matched.reduce((sum, { change }) => ({ ...sum, ...change }), base)
  return { reason, ...merged, changes: matched.map(({ says }) => says) }
}
