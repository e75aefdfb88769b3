import type { Quantity } from '../../../../contract/requirements.ts'
import { CUES, type Kind, TITLE_KINDS } from './kind-cues.ts'
import { isCutoff } from './read-cutoff.ts'
import { setsEvent } from './read-event.ts'
import { startsWithCommand, stripLead } from './read-command.ts'
import { weighsGrade } from './read-penalty.ts'
import { saysEffort, saysWhatPrevails } from './read-standing.ts'
import { isUncounted } from './read-uncounted.ts'
import { isTalk, isWayIn } from './read-way.ts'

const LENGTH_UNITS = new Set([
  'words',
  'pages',
  'minutes',
  'slides',
  'characters',
  'paragraphs',
  'sentences',
  'lines',
  'sides',
])
const ARTEFACT = String.raw`(?:essay|paper|report|presentation|program|app(?:lication)?|poster|video|podcast|portfolio|case study|post|response|proposal|outline|handout|review|reflection|reflective statement|artist statement|statement|website|site|project|thesis|memo|letter|blog|bibliography|analysis|model|script|zine|speech|plan|prototype|notebook|shell|interface|store|executive summary)`
const MAKES = new RegExp(
  String.raw`\b(?:write|writes|create|produce|build|builds|prepare|design|develop|compose|make|complete|document|deliver|implement|compile|present|hand in|train)\b[^.;]{0,60}\b${ARTEFACT}\b|\b${ARTEFACT}\b[^.;]{0,40}\b(?:is required|is due)\b`,
  'iu',
)
const IS_ARTEFACT = new RegExp(
  String.raw`^(?:an?|one) (?:[\p{L}\d-]+ ){0,2}(?:handout|poster|essay|memo|report)\b`,
  'iu',
)
const WHOLE_LENGTH =
  /\b(?:should be|must be|longer|exceed|maximum|minimum|no more than|at least|between|limit|take up|run|fit on)\b/iu
const PART_LENGTH =
  /\b(?:abstract|summar\w+|annotation|bring|meet|describe|arrive|leave|open|spend|include)\b/iu
const SIZE_FIRST =
  /^(?:(?:about|approximately|at least|at most|no more than|between|max\S*|min\S*|twenty|ten|anything between)\s)?[\d,.]+(?:\s?(?:[-–]|to|and)\s?[\d,.]+)?\s(?:words|pages|minutes|slides|characters|sides)\b|^\p{L}+ (?:slides|seconds each|pages)\b/iu
const SIZE_OF =
  /^(?:the|your|each|every|all)? ?(?:\p{L}+ ){0,2}\p{L}+ (?:is|are|will be|has|have|runs?|should run|lasts?)\b/iu
// What such a verb asks for is content, whatever things it names; `arrange` and its like ask for an order.
const CONTENT_VERB =
  /^(?:and )?(?:explain|describe|discuss|analy[sz]e|summari[sz]e|assess|interpret|identify|present|suggest|connect|evaluate|compare|contrast|argue|define|state|reflect|critique|print|accept|exit|illustrate|examine|explore|situate|justify|demonstrate|say|tell us|name (?:at least|two|three|one)|plot|reports? the|estimate)\b/iu
// A thing the work shows or says: `a graph of the means`, `the result of a t-test`.
const SHOWN =
  /^(?:(?:include|add|give|show|provide|make|draw|attach)s? )?(?:an?|one|the|your|at least \p{L}+|two|three|four|\d+)\s(?:[\p{L}-]+ ){0,3}(?:tables?|graphs?|figures?|charts?|maps?|plots?|calculations?|curves?|analys[ie]s|descriptions?|comparisons?|examples?|results?|estimates?|critiques?|limitations|discussion|findings|percent difference|balanced equation|literature review|interval|properties|mean)\b/iu
const ORDER_VERB =
  /^(?:arrange|organi[sz]e|structure|divide|order|open with|begin (?:with|by)|start (?:with|by)|end with|conclude with|close with|finish (?:with|by))\b/iu
const CONDUCT =
  /\b(?:plagiari\w+|misconduct|cheating|chatgpt|copilot|generative|language models?|chatbots?|(?:which|what) (?:AI )?tools? you (?:have )?used|another course|invent(?:ed|ing)? (?:\p{L}+ )?(?:numbers|sources|references|quotes|data)|honou?r (?:code|council))\b|\bidentical (?:\p{L}+ )?(?:work|answers|discussions|reports|texts?)\b/iu
const LATE = /\b(?:late|lateness|deadline|days?|hours?|overdue|after that)\b/iu
const HANDS_ON =
  /^(?:measure|weigh|time|set|repeat|mark|attach|remove|take|cut|put|cover|wash|wear|rinse|mix|heat|cool|stir|pour|dilute|carry out|test|record|photograph|identify|return|keep|vary|use|add|place|leave|blot|mass|calibrate|connect|clamp|cross|never|do not|fill|dry|shake|filter|dissolve|titrate)\b/iu

// Who works with whom is settled before anything is made.
const JOINS_GROUP =
  /^(?:sign up|register|enrol+|form|join|find)\b[^.;]{0,40}?\b(?:groups?|teams?|pairs?|partners?)\b/iu

/** The sort of document a demand stands in, as far as it bears on its kind. */
export type Trade = 'laboratory' | 'program' | 'prose'

function byTitle(titles: readonly string[]): Kind | null {
  for (const title of [...titles].reverse()) {
    const found = TITLE_KINDS.find(([, form]) => form.test(title))
    if (found !== undefined) return found[0]
  }
  return null
}

/** Kinds that the form of a demand settles before its words are weighed. */
function settled(text: string, command: string, quantities: readonly Quantity[]): Kind | null {
  if (isTalk(command) || JOINS_GROUP.test(command)) return 'collaboration'
  if (setsEvent(text)) return 'deadline'
  if (isWayIn(command) || saysEffort(text) || saysWhatPrevails(text)) return 'process'
  if (
    quantities.some(({ unit, bound }) => bound === 'at_most' && /^[KMG]B$/u.test(unit)) &&
    !/\b(?:memory|ram|heap|data)\b/iu.test(text)
  )
    return 'submission'
  if (ORDER_VERB.test(command)) return 'structure'
  if (/^\s*(?:length|word (?:count|limit)|page (?:count|limit))\b/iu.test(text)) return 'length'
  if (isCutoff(command)) return 'length'
  const measured = quantities.some(({ unit }) => LENGTH_UNITS.has(unit))
  if (IS_ARTEFACT.test(text)) return 'deliverable'
  if (MAKES.test(text) && !/\bpartner|classmate/iu.test(text)) return 'deliverable'
  if (measured && (SIZE_FIRST.test(text) || SIZE_OF.test(text))) return 'length'
  if (measured && WHOLE_LENGTH.test(text) && !PART_LENGTH.test(text.split(/\d/u)[0] ?? '')) return 'length'
  return CONTENT_VERB.test(command) || SHOWN.test(text) || /\?["”]?$/u.test(text) ? 'content' : null
}

function weigh(text: string): ReadonlyMap<Kind, number> {
  const sums = new Map<Kind, number>()
  for (const [kind, weight, form] of CUES) if (form.test(text)) sums.set(kind, (sums.get(kind) ?? 0) + weight)
  return sums
}

// Under such a title rules of the work stand beside the rules of conduct.
const MIXED_RULES = /\b(?:(?:ground|house|project) rules|and help)\b/iu
const OF_WORK: readonly Kind[] = ['tool', 'method', 'process', 'collaboration']

/** Whether a demand under a title of rules speaks of how the work is made, and is no rule of conduct. */
function isRuleOfWork(text: string, titles: readonly string[]): boolean {
  if (!MIXED_RULES.test(titles.at(-1) ?? '')) return false
  const sums = weigh(text)
  return !sums.has('policy') && OF_WORK.some((kind) => (sums.get(kind) ?? 0) >= 2)
}

/**
 * What sort of demand a clause makes, judged by what it counts, the things it names, the titles above it (innermost
 * last) and the sort of document it stands in.
 */
export function classifyKind(
  clause: string,
  quantities: readonly Quantity[],
  titles: readonly string[] = [],
  trade: Trade = 'prose',
): Kind {
  const text = clause.replace(/[*_`]/gu, '')
  const command = stripLead(text)
  if (CONDUCT.test(text)) return 'policy'
  if (weighsGrade(text) && !isUncounted(text))
    return LATE.test(text) || /\blate\b/iu.test(titles.at(-1) ?? '') ? 'policy' : 'grading'
  const above = byTitle(titles)
  if (above === 'policy' && !isRuleOfWork(text, titles)) return 'policy'
  const form = settled(text, command, quantities)
  if (form !== null) return form
  const sums = weigh(text)
  const best = [...sums].reduce<readonly [Kind, number]>(
    (top, [kind, sum]) => {
      const own = sum + (kind === above ? 1.5 : 0)
      return own > top[1] ? [kind, own] : top
    },
    ['content', 0],
  )
  if (trade === 'laboratory' && best[1] < 2 && HANDS_ON.test(command) && startsWithCommand(text))
    return 'method'
  if (best[1] > 0) return best[0]
  const measured = quantities.some(({ unit }) => LENGTH_UNITS.has(unit))
  if (measured) return 'length'
  return above ?? 'content'
}
