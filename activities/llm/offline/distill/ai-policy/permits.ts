import type { Statement } from './statement.ts'
import type { Use } from './uses.ts'

/** What the words themselves let a tool do, whatever level they come to. */
export interface Permits {
  /** Whether no rule keeps planning and outlining for the student. */
  readonly plan: boolean
  /** Whether feedback on the student's own text is among the uses allowed, where such are named, and is not forbidden. */
  readonly feedback: boolean
}

// Who may have a text written may have it read.
const GRANTING: readonly Use[] = ['feedback', 'write']

const isBanOf =
  (use: Use) =>
  ({ force, uses }: Statement): boolean =>
    force === 'ban' && uses.has(use)

/** What statements permit one by one: a list of what is allowed leaves out what is not on it. */
export function readPermits(statements: readonly Statement[]): Permits {
  const leaves = statements.filter(({ force }) => force === 'leave')
  const narrow = leaves.filter(({ uses }) => uses.size > 0)
  const caps = narrow.filter(({ only }) => only)
  const isOpen = caps.length === 0 && narrow.length < leaves.length
  // Examples beside leave of everything narrow nothing.
  const lists = caps.length > 0 ? caps : narrow.filter(({ isExample }) => !isOpen || isExample !== true)
  const isBanned = (use: Use): boolean => statements.some(isBanOf(use))
  const isGranted = GRANTING.some((use) => !isBanned(use) && lists.some(({ uses }) => uses.has(use)))
  return {
    plan: !isBanned('outline'),
    feedback: (lists.length === 0 || isGranted) && !isBanned('feedback'),
  }
}

/** The statements with those first that keep planning, or else feedback, for the student: a ban before a list without it. */
export function refusingFirst<S extends Statement>(
  deciding: readonly S[],
  { plan, feedback }: Permits,
): readonly S[] {
  if (plan && feedback) return deciding
  const isBan = isBanOf(plan ? 'feedback' : 'outline')
  const isList = ({ force, uses }: Statement): boolean => plan && force === 'leave' && uses.size > 0
  const rank = (one: S): number => (isBan(one) ? 0 : isList(one) ? 1 : 2)
  return deciding.toSorted((a, b) => rank(a) - rank(b))
}
