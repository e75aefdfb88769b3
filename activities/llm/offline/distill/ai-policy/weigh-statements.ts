import type { AiLevel } from '../../../../../contract/ai-policy.ts'
import { type Permits, readPermits } from './permits.ts'
import type { Statement } from './statement.ts'
import { levelOf, USES, type Use } from './uses.ts'

/** The level of statements, with those it rests on; `unclear` when they leave room and the strictest reading was taken. */
interface Weighed<S extends Statement> {
  readonly level: AiLevel | null
  readonly unclear: boolean
  readonly deciding: readonly S[]
}

/** What statements come to. */
export interface Verdict<S extends Statement> extends Weighed<S> {
  readonly permits: Permits
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
function weighLeaves<S extends Statement>(leaves: readonly S[], bans: readonly S[]): Weighed<S> {
  const caps = leaves.filter(({ only, uses }) => only && uses.size > 0)
  const narrow = (caps.length > 0 ? caps : leaves).filter(({ uses }) => uses.size > 0)
  const banned = new Set(bans.flatMap(({ uses }) => [...uses]))
  const isFree = caps.length === 0 && leaves.some(({ uses }) => uses.size === 0)
  if (isFree) {
    const free = leaves.filter(({ uses }) => uses.size === 0)
    const most = banned.size === 0 ? FREE : below(lowestOf(banned))
    // Feedback that is named as allowed is so, whatever else is kept for the student.
    const named = banned.has('feedback') ? [] : narrow.filter(({ uses }) => uses.has('feedback'))
    const isRaised = named.length > 0 && most < levelOf('feedback')
    return {
      level: isRaised ? levelOf('feedback') : most,
      unclear: false,
      deciding: isRaised ? [...narrow, ...free, ...bans] : [...free, ...narrow, ...bans],
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
): Weighed<S> {
  if (bans.length > 0) {
    const lowest = lowestOf(bans.flatMap(({ uses }) => [...uses]))
    if (implied.length > 0) return { level: below(lowest), unclear: false, deciding: [...bans, ...implied] }
    const level = lowest <= levelOf('outline') ? FORBIDDEN : FROWNED_ON
    return { level, unclear: true, deciding: bans }
  }
  if (implied.length > 0) return { level: FREE, unclear: false, deciding: implied }
  return { level: against.length > 0 ? FROWNED_ON : null, unclear: against.length > 0, deciding: against }
}

/** The leaves that stand: beside a general ban only its exceptions. */
function standing<S extends Statement>(statements: readonly S[]): readonly S[] {
  const leaves = statements.filter(({ force }) => force === 'leave')
  if (!statements.some(isTotal)) return leaves
  // Leave to write is no exception to a ban but its contradiction, unless it is told as one.
  return leaves.filter(({ uses, only }) => uses.size > 0 && (only || !uses.has('write')))
}

function weigh<S extends Statement>(statements: readonly S[], leaves: readonly S[]): Weighed<S> {
  const of = (force: Statement['force']): readonly S[] => statements.filter((one) => one.force === force)
  const total = statements.filter(isTotal)
  const bans = of('ban').filter((ban) => !isTotal(ban))
  if (total.length > 0 && leaves.length === 0)
    return { level: FORBIDDEN, unclear: of('leave').length > 0, deciding: total }
  if (leaves.length === 0) return weighBans(bans, of('implied'), of('against'))
  const weighed = weighLeaves(leaves, bans)
  return { ...weighed, deciding: [...weighed.deciding, ...total] }
}

/**
 * What everything said comes to: the most that is allowed, the stricter of what cannot both hold. A narrow leave beside
 * a general ban is its exception.
 */
export function weighStatements<S extends Statement>(statements: readonly S[]): Verdict<S> {
  const leaves = standing(statements)
  const permits = readPermits([...leaves, ...statements.filter(({ force }) => force === 'ban')])
  return { ...weigh(statements, leaves), permits }
}

function settles({ force, uses }: Statement): boolean {
  return force === 'leave' || (force === 'ban' && uses.size === 0)
}

/** The same for an assignment and its course: where the assignment itself allows or forbids, the course is not heard. */
export function weighVoices<S extends Statement>(own: readonly S[], course: readonly S[]): Verdict<S> {
  return weighStatements(own.some(settles) ? own : [...own, ...course])
}
