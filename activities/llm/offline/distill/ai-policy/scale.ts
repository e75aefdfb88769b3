import type { Statement } from './statement.ts'
import { levelOf } from './uses.ts'

const SCALE =
  /\bAI[\s-]*(?:use[\s-]*)?(?:level|category|stage)(?: is| of|:)? (?<level>[1-5])\b|\blevel (?<other>[1-5])\b/iu
const BY_LEVEL: readonly Statement[] = [
  { force: 'ban', uses: new Set(), unsure: false, only: false },
  { force: 'leave', uses: new Set(['ideas']), unsure: false, only: true },
  { force: 'leave', uses: new Set(['outline']), unsure: false, only: true },
  { force: 'leave', uses: new Set(['edit', 'feedback']), unsure: false, only: true },
  { force: 'leave', uses: new Set(), unsure: false, only: false },
]

/**
 * What a sentence states that names a level of a scale from 1 to 5, null for any other: the uses it names where they
 * come to that level, else what the level stands for. `told` is what it states without its level.
 */
export function readScale(sentence: string, told: readonly Statement[]): readonly Statement[] | null {
  const { level, other } = SCALE.exec(sentence)?.groups ?? {}
  const named = Number(level ?? other)
  const byLevel = BY_LEVEL[named - 1]
  if (byLevel === undefined) return null
  const uses = told.flatMap((statement) => [...statement.uses])
  const isSpelt = told.every((one) => one.force === 'leave' && one.uses.size > 0 && !one.unsure)
  return isSpelt && Math.max(...uses.map(levelOf)) === named
    ? told.map((one) => ({ ...one, only: true }))
    : [byLevel]
}
