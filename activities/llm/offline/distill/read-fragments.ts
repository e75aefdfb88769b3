import type { Quantity } from '../../../../contract/requirements.ts'
import type { Block } from '../text/parse-blocks.ts'
import type { SectionRole } from './section-role.ts'

const LABEL =
  /^(?:length|word (?:count|limit)|page (?:count|limit|length)|pages|format|file (?:type|format|name)|font(?: size)?|spacing|line spacing|margins|(?:citation )?style|citations?|sources|references|weight|worth|value|group size|teams?|language|time limit|duration|size|slides|submission|deliverables?)\s*:\s/iu
const DUE =
  /^(?:due(?: date)?|deadline|date due|(?:published|available|opens?|closes?)(?: from| until)?)\s*:/iu
const BOUNDED =
  /^(?:(?:a )?(?:max(?:imum|\.)?|min(?:imum|\.)?)(?: of)?|at least|at most|no (?:more|fewer|less|longer) than|between|up to|exactly|approximately|about)\s/iu
// Enough to tell a sentence from a bare phrase: the forms of be, have and do, and the modals.
const VERB =
  /\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|should|takes?|took|asks?|asked|contains?|began|lost|shows?|said|says|makes?|made|gives?|gave|ran|uses?|used|works?|holds?|spends?|spent|measured|read|i|we|you|they|it)\b/iu
const LAYOUT =
  /\b(?:font|margins?|spac(?:ing|ed)|title page|page numbers?|numbered pages|header|typeface|mla|apa|chicago|harvard|a4|pdf|docx)\b/iu

/** Whether a phrase holds a verb of its own; what it only says of a thing with `that` or `which` does not count. */
export function hasVerb(text: string): boolean {
  return VERB.test(text.replace(/\b(?:that|which|who)\b.*$/isu, ''))
}

/** Whether a phrase opens with a bound: `at least four figures`. */
export function isBounded(text: string): boolean {
  return BOUNDED.test(text)
}

/** The part of a `Label: value` line that holds the value, as an offset; 0 when it is no such line. */
export function labelEnd(text: string): number {
  return LABEL.exec(text)?.[0].length ?? 0
}

/** Whether a bare `No …` forbids: `No author-date citations`. */
export function isForbiddingFragment(text: string, role: SectionRole): boolean {
  return (
    role === 'demands' &&
    !VERB.test(text) &&
    /^no (?!more|fewer|less|later|longer|smaller|larger)[\p{L}-]+(?:\s[\p{L}-]+){0,7}\.?$/iu.test(text)
  )
}

export function isDueLine(text: string): boolean {
  return DUE.test(text)
}

/** Whether words without a verb (`12-point font`, `At least two charts`) state a demand where they stand. */
export function isDemandingFragment(
  text: string,
  block: Block,
  role: SectionRole,
  quantities: readonly Quantity[],
): boolean {
  if (LABEL.test(text)) return true
  if (role === 'outcomes' || role === 'background' || role === 'tips') return false
  if (role !== 'grading' && BOUNDED.test(text) && quantities.length > 0) return true
  const verbless = !VERB.test(text)
  if (verbless && role !== 'grading' && quantities.some(({ bound }) => bound !== 'exact')) return true
  if (/^late\b/iu.test(block.path.at(-1) ?? '') && quantities.length > 0) return true
  const listed =
    block.kind === 'item' || (block.kind === 'paragraph' && !/[.!?:]["”)]?$/u.test(block.view.text))
  if (!listed || role !== 'demands') return false
  // A numbered thing to be delivered: `2. A crash test that …`.
  if (/^(?:the|this|that|these) \p{L}+ \p{L}+s\b/iu.test(text)) return false
  const parts = /^\d/u.test(block.marker) || /\bstructure\b/iu.test(block.path.at(-1) ?? '')
  if (parts && !hasVerb(text) && block.view.text.startsWith(text.slice(0, 20))) return true
  if (text.length > 140) return false
  return LAYOUT.test(text) || (quantities.length > 0 && block.kind === 'item')
}
