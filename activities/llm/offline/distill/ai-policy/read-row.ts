import type { Statement } from './statement.ts'
import { readBannedUses, readUses } from './uses.ts'

/** Statements of a row of a table that answers for each use whether it is allowed. */
export function readRow(text: string): readonly Statement[] {
  const cells = text
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
  const answer = cells.at(-1) ?? ''
  const force = /^(?:no\b|not\b|✗|✘|❌)/iu.test(answer)
    ? 'ban'
    : /^(?:yes|allowed|permitted|ok|✓|✔|✅)/iu.test(answer)
      ? 'leave'
      : null
  if (cells.length < 2 || force === null) return []
  const uses = force === 'ban' ? readBannedUses(cells[0] ?? '', true) : readUses(cells[0] ?? '')
  return uses.size === 0 ? [] : [{ force, uses, unsure: false, only: false }]
}
