/** What a course allows of AI tools, as far as its documents say: 1 (none) to 5 (free), null where they are silent. */
export type AiLevel = 1 | 2 | 3 | 4 | 5

interface PolicyLevel {
  readonly level: AiLevel | null
  readonly label: string
  /** Whether Waymark may draft a plan. */
  readonly plan: boolean
  /** Whether Waymark may give feedback on the student's own text. */
  readonly feedback: boolean
}

/**
 * Every level in the words a student reads, with what Waymark does at it. A level says how far a rule goes at most: what
 * it allows stands in its own words alone, so that no label grants what the rule takes away.
 */
export const POLICY_LEVELS = [
  {
    level: null,
    label: 'Nothing is said about AI in the documents: ask your instructor before you use any.',
    plan: true,
    feedback: true,
  },
  { level: 1, label: 'AI tools are not allowed for this work.', plan: false, feedback: false },
  {
    level: 2,
    label: 'AI tools are allowed at most to help you find ideas, and only as the quoted rule says.',
    plan: true,
    feedback: false,
  },
  {
    level: 3,
    label:
      'AI tools are allowed at most for some steps on the way, not for making what you hand in, and only as the quoted rule says.',
    plan: true,
    feedback: false,
  },
  {
    level: 4,
    label:
      'AI tools are allowed at most for some parts of this work, not for making what you hand in, and only as the quoted rule says.',
    plan: true,
    feedback: true,
  },
  { level: 5, label: 'AI tools are allowed for every part of this work.', plan: true, feedback: true },
] as const satisfies readonly PolicyLevel[]

const SILENT = POLICY_LEVELS[0]

/** The level with its words; what is no level counts as silence. */
export function describePolicy(level: number | null): PolicyLevel {
  return POLICY_LEVELS.find((one) => one.level === level) ?? SILENT
}

/** A policy as far as it decides what Waymark may do. */
interface Policy {
  readonly level: number | null
  readonly permits?: { readonly plan: boolean; readonly feedback: boolean } | undefined
}

/**
 * What Waymark may do under a policy: a plan unless AI is forbidden, feedback from level 4 on or where nothing is said,
 * and neither where the words keep it for the student or name what is allowed without it.
 */
export function policyAllows({ level, permits }: Policy): { plan: boolean; feedback: boolean } {
  const { plan, feedback } = describePolicy(level)
  return { plan: plan && (permits?.plan ?? true), feedback: feedback && (permits?.feedback ?? true) }
}
