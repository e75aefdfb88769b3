import type { Distilled, Quantity, Requirement } from '../../../contract/requirements.ts'

/** What a size is the size of. */
export type Subject =
  | { readonly of: 'whole' }
  | { readonly of: 'section'; readonly name: string; readonly form: RegExp }
  | { readonly of: 'each' }
  | { readonly of: 'other' }

const EACH =
  /\b(?:each|every|per|apiece|respectively|both|any (?:one |single )?(?:slide|page|entry|answer|part|section))\b/iu
const CUT_BEFORE = /[.;:()]|,(?!\d)|\b(?:and|with|plus|including)\b/iu
const CUT_AFTER =
  /[.;:()]|,(?!\d)|\b(?:that|which|who|and|with|plus|including|excluding|exclusive|not|without|in which|where|about|compar\w+|argu\w+|by|before|due)\b/iu

/** Parts of a work that go under a heading of their own. */
const SECTIONS: readonly (readonly [name: string, form: RegExp])[] = [
  ['abstract', /\babstract\b/iu],
  ['executive summary', /\bexecutive summary\b/iu],
  ['introduction', /\bintroduction\b/iu],
  ['literature review', /\bliterature review\b/iu],
  ['conclusion', /\bconclusion\b/iu],
  ['reflection', /\breflecti(?:on|ve statement)\b/iu],
  ['background', /\bbackground\b/iu],
  ['methods', /\bmethods?(?:ology)?\b/iu],
  ['results', /\bresults\b/iu],
  ['discussion', /\bdiscussion\b(?! (?:post|board|forum))/iu],
]
const PARTS =
  /\b(?:summar(?:y|ies)|annotations?|entr(?:y|ies)|captions?|quotes?|quotations?|slides?|notes?|answers?|questions?|repl(?:y|ies)|respon(?:d|se|ses)|comments?|classmates?|peers?|titles?|thesis statements?|sentences?|paragraphs?|sections?|outlines?|proposals?|handouts?|readme|docstrings?|messages?|bullets?|definitions?|descriptions?|describe|explanations?|explain|rationale|bio(?:graph(?:y|ies))?|statements?|logs?|journals?|emails?|letters?|plans?|tables?|figures?|functions?|keywords?|examples?|list|cover|design|transcripts?|draft|letter)\b/iu
const WHOLE =
  /\b(?:essays?|papers?|reports?|articles?|texts?|pieces?|works?|assignments?|submissions?|thesis|dissertation|manuscript|story|memo|case study|critique|commentary|narrative|posts?|posting|review|speech|script|op-ed|editorial|column|blog|word (?:count|limit|length)|page (?:count|limit)|length|main (?:text|body)|body|version|response paper|final draft)\b/iu
// What the work is about and not the work: "summarise the article in 200 words".
const TREATED =
  /\b(?:summari[sz]|analy[sz]|respon[ds]|react|review|discuss|describ|explain|compar|evaluat|critiqu|paraphras|annotat|interpret|outlin)\p{L}*\s(?:to |on |about )?(?:the|this|that|an?|one|your|two|each|any|assigned)\s(?:\p{L}+ ){0,3}?(?:articles?|texts?|essays?|papers?|pieces?|works?|stor(?:y|ies)|speech|posts?|reports?|narrative)\b/giu
const STEM = 6
const LABEL_END = /[:(,–—]\s*$/u
const LABEL_MARK = /[:(–—]\s*$/u
const FULL_DRAFT = /\b(?:final|complete|full) draft\b/iu
// The most words of a part, in work that is made of parts.
const MOST_OF_A_PART: Readonly<Partial<Record<Distilled['genre'], number>>> = {
  bibliography: 400,
  presentation: 400,
  programming: 400,
  discussion: 150,
}
// What says nothing of what is measured.
const PLAIN =
  /\b(?:write|writes|written|submit|post|produce|prepare|create|aim|target|keep|it|to|for|at|least|most|minimum|maximum|min|max|of|a|an|the|about|around|approximately|roughly|between|no|not|more|fewer|less|than|longer|shorter|exceed|go|over|under|up|must|should|be|is|are|shall|will|may|do|your|you|this|in|total|all|long|overall|limit|exactly|only|words?|pages?|characters?|spaces?|typed|double|single|spaced|english|spanish|french|german|italian|chinese|japanese|korean|russian|arabic|portuguese|latin|wordcount|within|or|please|required|range|penalised)\b/giu

function saysNothing(text: string): boolean {
  return !/\p{L}/u.test(text.replaceAll(PLAIN, ''))
}

function lastPiece(text: string): string {
  return text.split(CUT_BEFORE).at(-1) ?? ''
}

function firstPiece(text: string): string {
  return text.split(CUT_AFTER)[0] ?? ''
}

/** The words around a number that say what it measures: back and forth to where another thought begins. */
function wordsAround(statement: string, { text }: Quantity): readonly [before: string, after: string] | null {
  const at = statement.indexOf(text)
  if (at === -1) return null
  const before = statement.slice(0, at)
  const piece = lastPiece(before)
  // `Abstract: at most 150 words` is named before the colon.
  const label = before.slice(0, before.length - piece.length)
  const isLabelled =
    piece.trim() === '' ? LABEL_END.test(label) : saysNothing(piece) && LABEL_MARK.test(label)
  const labelled = isLabelled ? lastPiece(label.replace(LABEL_END, '')) : piece
  return [labelled, firstPiece(statement.slice(at + text.length))]
}

/** The assignment whose work is measured. */
export interface MeasuredAs {
  readonly title: string
  readonly genre: Distilled['genre']
}

/** Whether a number that stands alone is too small for the whole of such a work, as it is of an annotation or a reply. */
function isOfOnePart({ value, upper }: Quantity, { genre }: MeasuredAs): boolean {
  return (upper ?? value) <= (MOST_OF_A_PART[genre] ?? 0)
}

/** Whether the assignment is called by the first word of a part, as "Article summary" is by "summarise". */
function isInTitle(part: string | undefined, { title }: MeasuredAs): boolean {
  const [word = ''] = part?.toLowerCase().replace(/s$/u, '').split(' ') ?? []
  const stem = word.slice(0, STEM)
  const words = title.toLowerCase().split(/[^\p{L}]+/u)
  // "Biology" holds no "bio".
  if (stem.length < STEM) return word !== '' && (words.includes(word) || words.includes(`${word}s`))
  return words.some((one) => one.startsWith(stem))
}

/** What a quantity of words, pages or characters measures: the whole work, a section of it, each of its parts, or else. */
export function subjectOf(
  { statement }: Pick<Requirement, 'statement'>,
  quantity: Quantity,
  work: MeasuredAs,
): Subject {
  const around = wordsAround(statement, quantity)
  if (around === null) return { of: 'other' }
  const [before, after] = around
  const words = `${before} ${after}`
  if (EACH.test(words)) return { of: 'each' }
  const treated = words.match(TREATED)?.[0]
  const named = words.replaceAll(TREATED, '–').replace(FULL_DRAFT, 'essay')
  const part = PARTS.exec(named)?.[0] ?? SECTIONS.find(([, form]) => form.test(named))?.[0]
  if (isInTitle(part ?? treated, work)) return { of: 'whole' }
  const section = SECTIONS.find(([, form]) => form.test(words))
  if (section !== undefined) return { of: 'section', name: section[0], form: section[1] }
  if (part !== undefined) return { of: 'other' }
  if (WHOLE.test(named)) return { of: 'whole' }
  if (treated !== undefined) return { of: 'other' }
  return saysNothing(named) && !isOfOnePart(quantity, work) ? { of: 'whole' } : { of: 'other' }
}
