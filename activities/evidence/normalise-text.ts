/** Text with every character's origin: `at[i]` is where character i began in the raw text, `ends[i]` where it ended. */
export interface MappedText {
  readonly text: string
  readonly at: readonly number[]
  readonly ends: readonly number[]
}

const GRAPHEME = /[\s\S]\p{M}*/gu
const INVISIBLE = /[\u00AD\u200B-\u200D\u2060\uFEFF]/gu
const SINGLE_QUOTES = /[\u2018-\u201B\u2032\u0060\u00B4]/gu
const DOUBLE_QUOTES = /[\u201C-\u201F\u2033\u00AB\u00BB]/gu
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu
const LETTER = /\p{L}/u

/** One character in its plain form. Signs are replaced before NFKC, which would turn some of them into a space. */
function plainForm(grapheme: string): string {
  if (/^[\w\s.,;:!?()'"-]$/u.test(grapheme)) return grapheme
  return grapheme
    .replace(INVISIBLE, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .normalize('NFKC')
    .replace(DASHES, '-')
}

/** Gathers plain characters with their origin; forgets hyphens inside words as soon as a word goes on after one. */
class MappedTextBuilder {
  private readonly chars: string[] = []
  private readonly at: number[] = []
  private readonly ends: number[] = []
  private brokeLine = false

  addVisible(char: string, start: number, end: number): void {
    if (LETTER.test(char)) this.forgetHyphen()
    for (const unit of char.split('')) this.push(unit, start, end)
    this.brokeLine = false
  }

  addSpace(space: string, start: number, end: number): void {
    this.brokeLine ||= space.includes('\n')
    if (this.chars.length > 0 && this.chars.at(-1) !== ' ') this.push(' ', start, end)
  }

  finish(): MappedText {
    if (this.chars.at(-1) === ' ') this.cut(this.chars.length - 1)
    return { text: this.chars.join(''), at: this.at, ends: this.ends }
  }

  // `peer-\nreviewed` and `bibliog-\nraphy` look alike, so both lose the hyphen, and so does `peer-reviewed`.
  private forgetHyphen(): void {
    const spaced = this.brokeLine && this.chars.at(-1) === ' '
    const hyphen = this.chars.length - (spaced ? 2 : 1)
    if (this.chars[hyphen] === '-' && LETTER.test(this.chars[hyphen - 1] ?? '')) this.cut(hyphen)
  }

  private cut(length: number): void {
    this.chars.length = this.at.length = this.ends.length = length
  }

  private push(unit: string, start: number, end: number): void {
    this.chars.push(unit)
    this.at.push(start)
    this.ends.push(end)
  }
}

/**
 * Folds what copying a passage changes: NFKC, runs of white space, quotation marks, dashes, hyphens inside words
 * and over line breaks. Each character keeps the raw offsets it came from.
 */
export function normaliseText(raw: string): MappedText {
  const builder = new MappedTextBuilder()
  for (const { 0: grapheme, index } of raw.matchAll(GRAPHEME)) {
    const end = index + grapheme.length
    for (const char of plainForm(grapheme)) {
      if (/\s/u.test(char)) builder.addSpace(char, index, end)
      else builder.addVisible(char, index, end)
    }
  }
  return builder.finish()
}
