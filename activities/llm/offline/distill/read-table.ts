import type { Block } from '../text/parse-blocks.ts'
import { rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'
import { readQuantities } from './read-quantities.ts'

const TOTAL = /^(?:total|sum|overall)\b/iu
const POINTS = /^\d{1,3}(?:\.\d+)?$/u

function cellsOf(block: Block): readonly string[] {
  return block.view.text
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
}

function wholeRow(
  document_id: string,
  block: Block,
): Pick<Finding, 'document_id' | 'spans' | 'modality' | 'group' | 'criterion_id' | 'weight'> {
  const end = block.view.text.replace(/[|\s]+$/u, '').length
  const spans = [rawSpan(block.view, { start: 0, end })] as const
  return { document_id, spans, modality: 'must', group: null, criterion_id: null, weight: 'plain' }
}

/** A row of a table of points, `Tests | Section 5 | 30`: what a part of the work counts for; none for a total. */
export function readGradeRow(document_id: string, block: Block): readonly Finding[] {
  const [part = '', ...rest] = cellsOf(block)
  const at = rest.findLastIndex((cell) => POINTS.test(cell))
  const points = rest[at]
  if (points === undefined || TOTAL.test(part)) return []
  const about = rest.filter((_, index) => index !== at)
  const named = about.length === 0 ? part : `${part} (${about.join('; ')})`
  const statement = `${named}: ${points} ${points === '1' ? 'point' : 'points'}`
  const quantity = {
    text: points,
    value: Number(points),
    upper: null,
    unit: 'points',
    bound: 'exact' as const,
  }
  return [{ ...wholeRow(document_id, block), kind: 'grading', statement, quantities: [quantity] }]
}

const MEASURED = new Set(['words', 'pages', 'minutes', 'slides', 'characters'])

/** A row that gives a part of the work its length, `NOTES.md | 800 to 1,200 words`; none for any other row. */
export function readLengthRow(document_id: string, block: Block): readonly Finding[] {
  const [part = '', ...rest] = cellsOf(block)
  const quantities = readQuantities(rest.join(', ')).filter(({ unit }) => MEASURED.has(unit))
  if (quantities.length === 0 || rest.length !== 1) return []
  const statement = `${part}: ${rest.join(', ')}`
  return [{ ...wholeRow(document_id, block), kind: 'length', statement, quantities }]
}
