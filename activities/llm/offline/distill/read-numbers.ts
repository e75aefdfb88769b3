import type { Span } from '../text/view.ts'

/** A number as written; `upper` is set for a range such as `8 to 10`. */
export interface WrittenNumber extends Span {
  readonly value: number
  readonly upper: number | null
}

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const WORDS = new Map<string, number>([
  ...UNITS.map((word, i) => [word, i] as const),
  ...TENS.map((word, i) => [word, (i + 2) * 10] as const),
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1000],
])

const DIGITS = String.raw`\d{1,3}(?:[,\u00A0\u202F]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
const TENS_FORM = `(?:${TENS.join('|')})(?:[- ](?:${UNITS.slice(1, 10).join('|')}))?`
const WORD_FORM = `(?:(?:${UNITS.join('|')}|${TENS_FORM}|a)[- ])?(?:hundred|thousand)|a dozen|${TENS_FORM}|${[...UNITS].reverse().join('|')}`
const ONE = `(?:${DIGITS}|${WORD_FORM})`
// A number stands by itself: no letter, digit or point may touch it, so "1,500" is never read as "500".
const BEFORE = String.raw`(?<![\p{L}\p{N}_/$€£#:@]|[.,]|\d[ \u00A0]|[\p{L}\d]-)`
const AFTER = String.raw`(?![\p{L}\p{N}_]|[.,:/]\d|st\b|nd\b|rd\b|th\b)`
const JOIN = String.raw`(?:\s?[-–—]\s?|\s(?:to|and|or)\s|-\s(?:to|or|and)\s)`
const NUMBER = new RegExp(`${BEFORE}(?<low>${ONE})(?:(?<join>${JOIN})(?<high>${ONE}))?${AFTER}`, 'giu')

/** The value of one number in digits (thousands grouped or not) or in English words. */
export function numberValue(text: string): number {
  const plain = text.toLowerCase().replace(/[,\u00A0\u202F]/gu, '')
  if (/^\d/u.test(plain)) return Number(plain)
  let sum = 0
  for (const word of plain.split(/[\s-]+/u)) {
    const value = word === 'a' ? 1 : (WORDS.get(word) ?? 0)
    sum =
      value >= 12 && ['dozen', 'hundred', 'thousand'].includes(word) ? Math.max(sum, 1) * value : sum + value
  }
  return sum
}

/** Every number of a text with its value, ranges as one; years in ranges and versions are left to the caller. */
export function readNumbers(text: string): readonly WrittenNumber[] {
  const numbers: WrittenNumber[] = []
  for (const match of text.matchAll(NUMBER)) {
    const { low = '', join, high } = match.groups ?? {}
    const start = match.index
    const value = numberValue(low)
    const upper = high === undefined ? null : numberValue(high)
    // "three and 4" counts twice; only "between … and" makes "and" a range.
    const between = /\bbetween\s+$/iu.test(text.slice(Math.max(0, start - 12), start))
    const isRange = upper !== null && upper > value && (!/and/iu.test(join ?? '') || between)
    if (upper === null || isRange) numbers.push({ start, end: start + match[0].length, value, upper })
    else {
      const second = start + match[0].length - (high ?? '').length
      numbers.push({ start, end: start + low.length, value, upper: null })
      numbers.push({ start: second, end: start + match[0].length, value: upper, upper: null })
    }
  }
  return numbers
}
