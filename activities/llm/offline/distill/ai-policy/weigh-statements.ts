import type { AiLevel } from '../../../../../contract/ai-policy.ts'
import type { Statement } from './statement.ts'
import { levelOf, USES, type Use } from './uses.ts'

/** What statements come to, with those it rests on; `unclear` when they leave room and the strictest reading was taken. */
export interface Verdict<S extends Statement> {
  readonly level: AiLevel | null
  readonly unclear: boolean
  readonly deciding: readonly S[]
}

const FORBIDDEN = 1
const FREE = 5
// Words that only frown, or that forbid handing in what AI has made, leave ideas open and nothing that is sure beyond.
const FROWNED_ON = 2

function lowestOf(uses: Iterable<Use>): AiLevel {
  const named = new Set(uses)
  const lowest = USES.find((use) => named.has(use))
  return lowest === undefined ? FREE : levelOf(lowest)
}

function below(level: AiLevel): AiLevel {
  const levels: readonly AiLevel[] = [1, 1, 2, 3, 4]
  return levels[level - 1] ?? FORBIDDEN
}

function isTotal({ force, uses }: Statement): boolean {
  return force === 'ban' && uses.size === 0
}

/** The highest level that leaves allow and bans do not take away again. */
function weighLeaves<S extends Statement>(leaves: readonly S[], bans: readonly S[]): Verdict<S> {
  const caps = leaves.filter(({ only, uses }) => only && uses.size > 0)
  const narrow = (caps.length > 0 ? caps : leaves).filter(({ uses }) => uses.size > 0)
  const banned = new Set(bans.flatMap(({ uses }) => [...uses]))
  const isFree = caps.length === 0 && leaves.some(({ uses }) => uses.size === 0)
  if (isFree) {
    const free = leaves.filter(({ uses }) => uses.size === 0)
    return {
      level: banned.size === 0 ? FREE : below(lowestOf(banned)),
      unclear: false,
      deciding: [...free, ...bans],
    }
  }
  const allowed = narrow.flatMap(({ uses }) => [...uses]).filter((use) => !banned.has(use))
  const levels = allowed.map(levelOf)
  if (levels.length === 0)
    return { level: below(lowestOf(banned)), unclear: true, deciding: [...bans, ...narrow] }
  const level = levels.reduce((one, other) => (one > other ? one : other))
  const unclear = narrow.every(({ unsure }) => unsure)
  return { level, unclear, deciding: [...narrow, ...bans] }
}

/** What remains when nothing is expressly allowed. */
function weighBans<S extends Statement>(
  bans: readonly S[],
  implied: readonly S[],
  against: readonly S[],
): Verdict<S> {
  if (bans.length > 0) {
    const lowest = lowestOf(bans.flatMap(({ uses }) => [...uses]))
    if (implied.length > 0) return { level: below(lowest), unclear: false, deciding: [...bans, ...implied] }
    const level = lowest <= levelOf('outline') ? FORBIDDEN : FROWNED_ON
    return { level, unclear: true, deciding: bans }
  }
  if (implied.length > 0) return { level: FREE, unclear: false, deciding: implied }
  return { level: against.length > 0 ? FROWNED_ON : null, unclear: against.length > 0, deciding: against }
}

/**
 * The level that everything said comes to: the most that is allowed, the stricter of what cannot both hold. A narrow
 * leave beside a general ban is its exception.
 */
export function weighStatements<S extends Statement>(statements: readonly S[]): Verdict<S> {
  const of = (force: Statement['force']): readonly S[] => statements.filter((one) => one.force === force)
  const total = statements.filter(isTotal)
  const leaves = of('leave')
  const bans = of('ban').filter((ban) => !isTotal(ban))
  // Leave to write is no exception to a ban but its contradiction, unless it is told as one.
  const narrow = leaves.filter(({ uses, only }) => uses.size > 0 && (only || !uses.has('write')))
  if (total.length > 0 && narrow.length === 0)
    return { level: FORBIDDEN, unclear: leaves.length > 0, deciding: total }
  if (total.length > 0) {
    const verdict = weighLeaves(narrow, bans)
    return { ...verdict, deciding: [...verdict.deciding, ...total] }
  }
  return leaves.length > 0 ? weighLeaves(leaves, bans) : weighBans(bans, of('implied'), of('against'))
}

function settles({ force, uses }: Statement): boolean {
  return force === 'leave' || (force === 'ban' && uses.size === 0)
}

/** The same for an assignment and its course: where the assignment itself allows or forbids, the course is not heard. */
export function weighVoices<S extends Statement>(own: readonly S[], course: readonly S[]): Verdict<S> {
  return weighStatements(own.some(settles) ? own : [...own, ...course])
}
