import type { Line } from './lines.ts'

const MAX_CHARS = 70
const MAX_WORDS = 9
const NUMBERED =
  /^(?:(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.|[IVX]{1,4}\.|[A-H]\.|(?:Part|Section|Step|Task|Phase|Question|Appendix)\s+(?:\d{1,2}|[A-Z]|[IVX]+)\b[.:)]?))\s*(?:[-–—:]\s*)?/u
const SMALL_WORD =
  /^(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|vs\.?|via|with|your|you|is|it|be)$/u
const BOLD = /^(?:\*\*|__)(?=\S)(?<title>.+?)(?:\*\*|__):?$/u
const SETS_SIZE = /\d\s?(?:words|pages|minutes|slides)\b/iu
const ENDS_SENTENCE = /[.!?;,]$/u

function isTitle(text: string): boolean {
  const words = text
    .replace(/[:*_]+$/u, '')
    .split(/\s+/u)
    .filter((word) => /\p{L}/u.test(word))
  if (words.length === 0 || words.length > MAX_WORDS) return false
  const [first = ''] = words
  if (!/^["'“(]?\p{Lu}/u.test(first)) return false
  const large = words.filter((word) => !SMALL_WORD.test(word))
  return words.length <= 3 || large.every((word) => /^["'“(]?[\p{Lu}\p{N}]/u.test(word))
}

function isAlone(previous: Line | undefined, next: Line | undefined): boolean {
  return (previous?.kind ?? 'blank') === 'blank' && (next?.kind ?? 'blank') === 'blank'
}

function isSibling(line: Line | undefined): boolean {
  return (
    line?.kind === 'item' || (line !== undefined && NUMBERED.test(line.text) && line.text.length > MAX_CHARS)
  )
}

/**
 * Whether a line without a heading mark is one: bold on its own, numbered (`3.2 Methods`), or a short title above
 * text, as in text taken from a PDF.
 */
export function isPlainHeading(
  line: Line,
  previous: Line | undefined,
  next: Line | undefined,
  after: Line | undefined,
): boolean {
  if (line.kind !== 'text' && line.kind !== 'item') return false
  const { text } = line
  if (text.length > MAX_CHARS) return false
  const bold = BOLD.exec(text)?.groups?.['title']
  if (bold !== undefined && !/\*\*/u.test(bold)) return line.kind === 'text' && !ENDS_SENTENCE.test(bold)
  if (ENDS_SENTENCE.test(text) || SETS_SIZE.test(text) || /^[-*+•◦▪●○☐□]/u.test(text)) return false
  const number = NUMBERED.exec(text)?.[0] ?? ''
  const title = text.slice(number.length)
  if (line.kind === 'item' && (number === '' || isSibling(previous) || isSibling(next))) return false
  if (!isTitle(title) || /:\s*\S/u.test(title)) return false
  const below = next?.kind === 'blank' ? after : next
  if (below === undefined || below.kind === 'blank') return false
  if (number !== '' && line.kind === 'text') return true
  if (previous?.kind === 'text' && !/[.!?:)]$/u.test(previous.text)) return false
  if (line.kind === 'item')
    return previous?.kind !== 'item' && (below.kind === 'text' || isAlone(previous, next))
  return /^["'“(]?[\p{Lu}\p{N}]/u.test(below.text) || below.kind !== 'text'
}
