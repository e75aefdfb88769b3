import type { Quantity } from '../../../../contract/requirements.ts'
import type { Clause } from './clause.ts'
import type { Place } from './place.ts'
import { DATE_WORDS } from './read-dates.ts'
import type { Modality } from './modality.ts'
import { isSpec } from './read-specs.ts'
import type { SectionRole } from './section-role.ts'
import { hasVerb } from './has-verb.ts'

const LABEL =
  /^(?:length|word (?:count|limit)|page (?:count|limit|length)|pages|format|file(?: (?:type|format|name))?|font(?: size)?|spacing|line spacing|margins|layout|(?:citation |referencing )?style|referencing|citations?|sources|references|weight(?:ing)?|worth|value|(?:group|team) size|teams?|language|time limit|duration|size|slides|submission|deliverables?|units|template|edition)\s*:\s/iu
const DUE =
  /^(?:due(?: date)?|deadline|date due|(?:published|available|opens?|closes?)(?: from| until)?)\s*:/iu
const BOUNDED =
  /^(?:(?:an? )?(?:max(?:imum|\.)?|min(?:imum|\.)?)(?: of)?|at least|at most|no (?:more|fewer|less|longer) than|between|up to|exactly|approximately|about)\s/iu
const LAYOUT =
  /\b(?:font|margins?|spac(?:ing|ed)|title page|page numbers?|numbered pages|header|typeface|mla|apa|chicago|harvard|a4|pdf|docx)\b/iu
// Words that make a phrase without a verb a rule: `Pencils only`, `Closed shoes at all times`, `Slides to me by noon`.
const RULING =
  /\b(?:only|at all times|always|never|throughout|please|mandatory|to (?:me|us|the office)\b[^.]*\bby|due (?:on|in|at|by|via|to)|on canvas|via canvas|not [\p{L}-]+)\b/iu
const FORBIDDING =
  /^no(?:thing)? (?!more|fewer|less|later|longer|smaller|larger|one\b|questions asked)[\p{L}-]+/iu
// A step and its day: `in-class critique Feb 10`.
const STEP_ON = new RegExp(
  String.raw`^[\p{L}][^,;]{3,60}?(?:\s(?:due|by|on|at)|:)?\s(?:week of )?(?:${DATE_WORDS.source})(?:\s[^,;]{1,40})?$`,
  'iu',
)
const MOST_WORDS = 14

/** Whether a phrase opens with a bound: `at least four figures`. */
export function isBounded(text: string): boolean {
  return BOUNDED.test(text)
}

/** The part of a `Label: value` line that holds the value, as an offset; 0 when it is no such line. */
export function labelEnd(text: string): number {
  return LABEL.exec(text)?.[0].length ?? 0
}

export function isDueLine(text: string): boolean {
  return DUE.test(text)
}

/** Whether a bare `No …` forbids: `No author-date citations`. */
function isForbidding(text: string): boolean {
  const bare = text.replace(/\b(?:unless|except|if|when)\b.*$/isu, '')
  return !hasVerb(bare) && FORBIDDING.test(text) && text.split(/\s+/u).length <= MOST_WORDS
}

function isStated(role: SectionRole): boolean {
  return role === 'demands' || role === 'unknown'
}

// "On the course page under Literature" says where something is found.
const FOUND_AT =
  /^(?:on|in|at|under|from) (?:the|our) (?:course|class|module|seminar|lab|department|library|group) (?:web)?(?:page|pages|site|wiki|folder|drive|shelf|reader|forum)\b[^,;:]*$/iu

/** Whether words without a verb (`12-point font`, `At least two charts`) state a demand where they stand. */
export function isDemandingFragment(
  text: string,
  { block, role, opening, siblings }: Place,
  quantities: readonly Quantity[],
): boolean {
  if (LABEL.test(text)) return true
  if (FOUND_AT.test(text)) return false
  if (role === 'outcomes' || role === 'background' || role === 'tips' || role === 'caption') return false
  if (role !== 'grading' && BOUNDED.test(text) && quantities.length > 0) return true
  const verbless = !hasVerb(text)
  if (verbless && role !== 'grading' && quantities.some(({ bound }) => bound !== 'exact')) return true
  if (/^late\b/iu.test(block.path.at(-1) ?? '') && quantities.length > 0) return true
  // A title set before it says what the phrase is about: `Subject: a building that nobody looks at`.
  if (verbless && isStated(role) && (isSpec(text) || RULING.test(text) || isLabelled(opening.title, text)))
    return true
  if (verbless && isHandedIn(block.path.at(-1) ?? '', text)) return true
  const listed =
    block.kind === 'item' || (block.kind === 'paragraph' && !/[.!?:]["”)]?$/u.test(block.view.text))
  if (!listed || !isStated(role)) return false
  if (block.kind === 'item' && siblings && verbless) return true
  if (role !== 'demands') return false
  // A numbered thing to be delivered: `2. A crash test that …`.
  if (/^(?:the|this|that|these) \p{L}+ \p{L}+s\b/iu.test(text)) return false
  const parts = /^\d/u.test(block.marker) || /\bstructure\b/iu.test(block.path.at(-1) ?? '')
  if (parts && !hasVerb(text) && block.view.text.startsWith(text.slice(0, 20))) return true
  if (text.length > 140) return false
  return (
    LAYOUT.test(text) ||
    (quantities.length > 0 && block.kind === 'item') ||
    (verbless && block.kind === 'item')
  )
}

const SETS =
  /^(?:subject|topics?|sections|audience|materials?|tools|equipment|tense|voice|structure|order|theme|medium|dimensions|paper|cover|binding|specs|format|style|task|contents?|parts|methods?|introduction|results|discussion|conclusion|abstract|procedure|safety|output|input|platform)$/iu

/** Whether a title before a phrase says what it is about: `Subject: a building that nobody looks at`. */
function isLabelled(title: string | null, text: string): boolean {
  return title !== null && SETS.test(title) && text.split(/\s+/u).length > 2
}

const HAND_IN =
  /\b(?:hand(?:ing)?[- ]in|turn(?:ing)?[- ]in|submit|submission|deliverables?|what to bring)\b/iu

/** Whether a phrase names a thing under a title on handing in: `What to hand in`, `A tar archive with`. */
function isHandedIn(title: string, text: string): boolean {
  return HAND_IN.test(title) && /^(?:an?|one|two|three|your|the|\d+) \p{L}/iu.test(text)
}

/** How a phrase without a verb binds where it stands; null when it does not. */
export function readFragment(
  place: Place,
  { text, whole, isFirst, quantities, linked }: Clause,
): Modality | null {
  if (isStated(place.role) && isForbidding(text)) return 'must_not'
  if (isFirst && place.opening.dated) return 'must'
  if (isStated(place.role) && STEP_ON.test(text) && !hasVerb(text)) return 'must'
  if (!isFirst && linked && isStated(place.role) && !hasVerb(text) && isSpec(text)) return 'must'
  if (!isFirst) return isBounded(text) && isDemandingFragment(text, place, quantities) ? 'must' : null
  return isDemandingFragment(whole.includes(';') ? text : whole, place, quantities) ? 'must' : null
}
