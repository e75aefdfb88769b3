import type { Quantity } from '../../../../contract/requirements.ts'
import { readNumbers, type WrittenNumber } from './read-numbers.ts'

type Bound = Quantity['bound']

const NO_LESS = /\b(?:no|not|cannot|never|not be|no be) (?:fewer|less|smaller|shorter) than\s$/iu
const NO_MORE =
  /\b(?:no|not|cannot|never|without)\b[^.;,]{0,30}(?:\b(?:more|longer|larger|greater|bigger|higher|heavier|wider|deeper) than|\b(?:over|beyond|above))\s$/iu
const AT_LEAST =
  /(?:\b(?:at least|minimum(?: of| is)?|min\.?|more than|over|smaller than)(?!\p{L})[^.;]{0,3}|[≥>]\s?)$/iu
const AT_MOST =
  /(?:\b(?:at most|maximum(?: of| is)?|max\.?|up to|exceed(?:s|ing)?|capped at|fewer than|less than|longer than|under|within|limit(?:ed)?(?: is| of| to)?|below|beyond)(?!\p{L})[^.;]{0,3}|[≤<]\s?)$/iu
const ABOUT =
  /(?:\b(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|some|close to)\s(?:the\s)?|~\s?)$/iu
const ABOUT_AFTER = /^\s\p{L}+ (?:or so|(?:is|are) about right)\b/iu
const LABEL_MIN = /\bmin(?:imum)?\b[^.;\d]{0,24}[:=]\s?$/iu
const LABEL_MAX = /\b(?:max(?:imum)?|limit)\b[^.;\d]{0,24}[:=]\s?$/iu
const AFTER_MIN =
  /^(?:(?!\bup to\b)[^.;,\d]){0,28}?(?:\bor (?:more|larger|above|greater|longer|bigger|higher)\b|\bminimum\b|\(min(?:imum|\.)?\)|\bat (?:the very )?(?:least|minimum)\b(?!\s[\p{L}\d])|\bas a minimum\b)|^\+/iu
const AFTER_MAX =
  /^(?:(?!\bup to\b)[^.;,\d]){0,28}?(?:\bor (?:fewer|less|smaller|shorter)\b|\bmaximum\b|\(max(?:imum|\.)?\)|\bat most\b(?!\s[\p{L}\d])|\bmax\b)/iu
const ONE_COUNTS =
  /^(?:pages?|paragraphs?|slides?|minutes?|hours?|sentences?|inch(?:es)?|images?|posts?|repl(?:y|ies)|cop(?:y|ies))$/iu
const COUNTED_NOUN =
  /\b(?:sources|articles|books|references|citations|titles|papers|studies|examples|quotations|images|figures)\b/iu

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^\s?(?:%|percent\b|per cent\b)/iu, '%'],
  [
    /^[-\s]?(?:pt|pts|point)\b(?=[^.;]{0,24}\b(?:font|times|arial|calibri|georgia|garamond|helvetica|cambria|readable|type|text|size|or larger)\b|\s*(?:[.,;)]|$))/iu,
    'pt',
  ],
  [/^[-\s]?(?:inch(?:es)?|in\.)(?=\W|$)|^["”″]/iu, 'inches'],
  [/^\s?(?:MB|GB|KB)\b/u, ''],
  [/^\s?(?:cm|mm|mL|ml|kg|mg|°C)(?![\p{L}])/u, ''],
  [/^[-\s]?(?:line )?spac(?:ing|ed)\b/iu, 'line spacing'],
]
const ADJECTIVE =
  /^(?:[\p{L}'’-]+(?:ly|al|ic|ed|ive|ent|ant|ous|ful|ary|able|ible|ing|ern|-[\p{L}]+)|different|new|more|other|separate|additional|good|short|long|full|best|single|main|own|key|real|print|online|high|low|open|unit|journal|research|book|news|primary|academic|body|specific|of|your|the|those|these|them|my|our|outside|double|working|business|calendar|class)$/iu
const STOPPERS =
  /^(?:after|before|until|since|because|when|while|without|of|in|on|for|to|by|with|per|at|from|and|or|that|which|who|is|are|was|were|must|should|may|can|will|as|if|not|be|the|this|long|than|a|an)$/iu
const NOT_COUNTED =
  /^(?:am|a\.m|pm|p\.m|oclock|edition|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$/iu
const LABELLED =
  /\b(?:week|weeks|chapter|chapters|page|p\.|pp\.|section|part|figure|fig\.|table|unit|module|lecture|lab|step|question|task|python|version|v|status|level|grade|room|apa|mla|item|no\.|number|year|project|assignment|problem|port|iso)\s+$/iu

function asPlural(word: string): string {
  const plain = /\p{Lu}{2}/u.test(word) ? word : word.toLowerCase()
  if (/(?:[^s]s|people|criteria|data)$/iu.test(plain)) return plain
  return /(?:s|x|ch|sh)$/u.test(plain) ? `${plain}es` : `${plain.replace(/(?<=[^aeiou])y$/u, 'ie')}s`
}

function isPlural(word: string): boolean {
  return (
    /^(?:people|criteria|data|media)$/iu.test(word) || (/s$/iu.test(word) && !/(?:ss|us|is|'s)$/iu.test(word))
  )
}

const MEASURE =
  /^(?:page|word|minute|slide|line|item|hour|day|week|paragraph|sentence|point|mark|question|percent)$/iu

/** The one thing meant in `one wrong implementation that …`: the last noun before the phrase goes on. */
function readSingle(words: readonly string[]): string | null {
  const stop = words.findIndex((word) => STOPPERS.test(word) || NOT_COUNTED.test(word))
  const phrase = words.slice(0, stop < 0 ? 4 : stop)
  const plural = phrase.find(isPlural)
  const noun = plural ?? phrase.at(-1)
  return noun === undefined ? null : asPlural(noun)
}

/** The counted noun in the words after a number, in the plural; null when nothing is counted. */
function readNoun(after: string, value: number): string | null {
  const words =
    /^(?:[-\s]+[\p{L}'’-]+){1,6}/u
      .exec(after)?.[0]
      .split(/\s+|^-/u)
      .filter(Boolean) ?? []
  if (after.startsWith('-') && words[0] !== undefined)
    return /^fold\b/iu.test(words[0]) ? null : asPlural(words[0].split('-')[0] ?? '')
  const [next = ''] = words
  // "A 4–5 page essay" counts pages, though it says `page`.
  if (MEASURE.test(next)) return asPlural(next)
  if (value === 1) return readSingle(words)
  for (const [i, word] of words.entries()) {
    if (STOPPERS.test(word) || NOT_COUNTED.test(word)) return null
    if (isPlural(word)) return asPlural(word)
    if (i >= 2 && !ADJECTIVE.test(word)) return null
  }
  return null
}

/** What is counted: a known sign, the noun after `of the`, what an earlier number counted (`six of them`), or a noun. */
function readUnit(after: string, value: number, antecedent: string | null): string | null {
  for (const [form, unit] of KNOWN) {
    const found = form.exec(after)
    if (found !== null) return unit === '' ? found[0].trim() : unit
  }
  if (
    /^\s(?:of (?:them|which|these|those|whom)|must|should|needs?|ha(?:s|ve) to|is fine|are fine)\b/iu.test(
      after,
    )
  ) {
    return COUNTED_NOUN.exec(after)?.[0].toLowerCase() ?? antecedent
  }
  if (/^\sof (?:the following|the (?:options|prompts|topics))\b/iu.test(after)) return 'options'
  const counted = after
    .replace(/^\+/u, '')
    .replace(/^\sor (?:more|fewer|less|larger|longer|bigger)\b/iu, '')
    .replace(/^\s(?:out )?of (?:(?:the|a possible) )?\d+(?= (?:points|marks|per ?cent)\b)/iu, '')
    .replace(/^\sof (?:the|your|our|my|these|those)\b/iu, '')
  return readNoun(counted, value)
}

// `References, at least 4, one of them …`: what is counted stands before the number.
const COUNTED_BEFORE =
  /(?<noun>\p{L}+s),? \(?(?:at least|at most|no more than|no fewer than|min(?:imum|\.)?(?: of)?|max(?:imum|\.)?(?: of)?) $/iu

// `One table, and no more than four`: what is counted was said before.
const BARE_BOUND = /(?:at least|at most|no more than|no fewer than|minimum of|maximum of|exactly) $/iu
// `I stop reading at 2,200`, `we stop you at 16`.
const STOPS_AT =
  /\b(?:stop(?:s|ped)?|cut off|ends?)(?: (?:reading|marking|grading|scoring|listening|watching|you|your \p{L}+|the \p{L}+))? (?:at|after) $/iu

function readUnitBefore(before: string, after: string, antecedent: string | null): string | null {
  if (!/^(?:[,.;)]|$)/u.test(after)) return null
  const named = COUNTED_BEFORE.exec(before)?.groups?.['noun']?.toLowerCase()
  return named ?? (BARE_BOUND.test(before) || STOPS_AT.test(before) ? antecedent : null)
}

function readBound(before: string, after: string, upper: number | null): Bound {
  if (upper !== null) return 'range'
  if (NO_LESS.test(before)) return 'at_least'
  if (NO_MORE.test(before) || LABEL_MAX.test(before) || AFTER_MAX.test(after)) return 'at_most'
  if (LABEL_MIN.test(before) || AFTER_MIN.test(after) || AT_LEAST.test(before)) return 'at_least'
  if (AT_MOST.test(before) || STOPS_AT.test(before)) return 'at_most'
  return ABOUT.test(before) || ABOUT_AFTER.test(after) ? 'about' : 'exact'
}

// `Two of the three appeals` counts the two; `WHERE id = 22` counts nothing.
const GIVEN =
  /(?:\b(?:\d+|two|three|four|five|one|any|some|all|each|most) of (?:the|these|those|your) |[\p{L}_]\s?={1,2}\s?)$/iu

// Of `10 of 20 points` the first is what can be had.
const OF_POINTS = /\b\d+ (?:out )?of $/iu

function isTotal(before: string, unit: string): boolean {
  return OF_POINTS.test(before) && /^(?:points|marks)$/u.test(unit)
}

function isLoneOne(written: string, unit: string, bound: Bound): boolean {
  return /^(?:one|a)$/iu.test(written) && bound === 'exact' && !ONE_COUNTS.test(unit)
}

// Between the two bounds of `no fewer than 80 and no more than 120 words`.
const AND_AT_MOST = /^(?: \p{L}+)? (?:and|but) (?:at most|no more than|not more than|(?:a )?maximum of) $/iu

/** The numbers of a text, two bounds of one thing as one range. */
function joinBounds(text: string): readonly WrittenNumber[] {
  const joined: WrittenNumber[] = []
  for (const number of readNumbers(text)) {
    const last = joined.at(-1)
    const between = last === undefined ? '' : text.slice(last.end, number.start)
    const before = last === undefined ? '' : text.slice(0, last.start)
    const isLow = NO_LESS.test(before) || AT_LEAST.test(before)
    if (
      last !== undefined &&
      last.upper === null &&
      isLow &&
      AND_AT_MOST.test(between) &&
      number.value > last.value
    )
      joined[joined.length - 1] = { ...last, end: number.end, upper: number.value }
    else joined.push(number)
  }
  return joined
}

/**
 * What a text counts: every number with a unit, in reading order; dates, versions and numbered things are left out.
 * `antecedent` is the unit meant by `three of which` when the text itself does not say.
 */
export function readQuantities(text: string, antecedent: string | null = null): readonly Quantity[] {
  const quantities: Quantity[] = []
  for (const number of joinBounds(text)) {
    const { start, end, value, upper } = number
    const before = text.slice(Math.max(0, start - 48), start)
    const after = text.slice(end)
    const isGroup = /\b(?:groups|teams) of\s(?:up to\s|at most\s)?$|\b(?:group|team) size:?\s$/iu.test(before)
    const counted = readUnit(after, upper ?? value, quantities.at(-1)?.unit ?? antecedent)
    const unit = isGroup ? 'people' : (counted ?? readUnitBefore(before, after, antecedent))
    if (
      unit === null ||
      GIVEN.test(before) ||
      isTotal(before, unit) ||
      (LABELLED.test(before) && unit !== '%')
    )
      continue
    const written = text.slice(start, end)
    const bound = readBound(before, after, upper)
    if (isLoneOne(written, unit, bound) || (/^no\s$/iu.test(before.slice(-3)) && value === 2)) continue
    quantities.push({ text: written, value, upper, unit, bound })
  }
  return quantities
}
