/** A number as a text uses it: its value and, where one follows, its unit in the singular. */
export interface NumberUse {
  readonly value: number
  readonly unit: string | null
  readonly text: string
}

// `one` is left out: it is far more often a pronoun than a count.
const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  dozen: 12,
}

const UNITS = new Set([
  'word',
  'page',
  'paragraph',
  'sentence',
  'source',
  'article',
  'reference',
  'citation',
  'book',
  'entry',
  'annotation',
  'minute',
  'hour',
  'day',
  'week',
  'slide',
  'post',
  'reply',
  'response',
  'point',
  'percent',
  'inch',
  'example',
  'figure',
  'table',
  'test',
  'attempt',
  'question',
  'member',
  'people',
  'mb',
  'kb',
  'cm',
  'level',
  'step',
  'section',
  'chapter',
])

const SYNONYMS: Readonly<Record<string, string>> = {
  min: 'minute',
  mins: 'minute',
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  pt: 'point',
  pts: 'point',
  '%': 'percent',
  replies: 'reply',
  entries: 'entry',
  inches: 'inch',
  pp: 'page',
  pg: 'page',
  pgs: 'page',
}

const TOKEN = /(?<![\p{L}\p{N}_])\d[\d,]*(?:\.\d+)?|\p{L}+|%|[,;:!?\n]|\.(?=\s|$)/gu
const CLAUSE_END = /^[,;:!?.\n]$/
// A unit stands within a few words of its number, in the same clause: `five recent peer-reviewed sources`.
const REACH = 5

function unitOf(word: string): string | null {
  const lower = word.toLowerCase()
  const singular = SYNONYMS[lower] ?? lower.replace(/s$/, '')
  return UNITS.has(singular) || singular === 'percent' ? singular : null
}

function valueOf(token: string): number | null {
  if (/^\d/.test(token)) return Number(token.replaceAll(',', ''))
  return WORDS[token.toLowerCase()] ?? null
}

function unitAfter(tokens: readonly string[]): string | null {
  for (const token of tokens) {
    const unit = unitOf(token)
    if (unit !== null || CLAUSE_END.test(token)) return unit
  }
  return null
}

/** All numbers of a text, in figures or words, each with its unit; `1,500` is 1500 and `five` is 5. */
export function readNumbers(text: string): readonly NumberUse[] {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token)
  return tokens.flatMap((token, index) => {
    const value = valueOf(token)
    return value === null
      ? []
      : [{ value, unit: unitAfter(tokens.slice(index + 1, index + 1 + REACH)), text: token }]
  })
}

/** Whether a number of a claim is used the same way in a source; an absent unit agrees with every unit. */
export function sameUse(claimed: NumberUse, source: NumberUse): boolean {
  if (claimed.value !== source.value) return false
  return claimed.unit === null || source.unit === null || claimed.unit === source.unit
}
