import type { Requirement } from '../../../../contract/requirements.ts'
import { topicsOf } from '../draft/topics.ts'

/** How much of something is asked for altogether, as bounds; `most` is null where there is none. */
export interface Length {
  readonly unit: 'words' | 'minutes' | 'slides'
  readonly least: number
  readonly most: number | null
  /** What to aim at: within the bounds. */
  readonly aim: number
  /** The requirements that say so. */
  readonly from: readonly Requirement[]
}

type Unit = Length['unit']

// One double-spaced page in a 12-point font.
const WORDS_PER_PAGE = 275
const UNITS: readonly (readonly [Unit, RegExp, number])[] = [
  ['words', /^words?$/i, 1],
  ['words', /^pages?$/i, WORDS_PER_PAGE],
  ['minutes', /^min(?:ute)?s?$/i, 1],
  ['slides', /^slides?$/i, 1],
]
// What speaks of a part, of each of several, or of something beside the work is not about its whole length.
const OF_A_PART =
  /\b(?:each|every|per|abstract|summary|annotations?|repl(?:y|ies)|readme|handout|questions at the end|of questions|for questions|extension|demonstration|member)\b/i
// "Theory: at most 2 pages" bounds a part by its name; a label such as "Length" or "The report" names the whole.
const NAMED_PART =
  /^(?!(?:\p{L}+ )?(?:length|size|limit|count|words?|pages?|time|duration|slides|essay|paper|report|work|text|submission|project|presentation|talk|assignment)\b)\p{Lu}[^:.;,]{1,50}: (?:at (?:least|most)|no (?:more|fewer|less|longer) than|between|up to|about|exactly|approximately|(?:an? )?(?:max|min)\w*)\b/iu
const PART_TOPICS = new Set(['docs', 'replies', 'annotations', 'abstract', 'lateness', 'drafting'])
const WHOLE_KINDS = new Set<Requirement['kind']>(['length', 'deliverable', 'content', 'structure', 'format'])

interface Bounds {
  readonly least: number
  readonly most: number | null
  readonly from: Requirement
}

function boundsOf(requirement: Requirement, unit: Unit): readonly Bounds[] {
  return requirement.quantities.flatMap(({ unit: named, value, upper, bound }): readonly Bounds[] => {
    const factor = UNITS.find(([of, pattern]) => of === unit && pattern.test(named.trim()))?.[2]
    if (factor === undefined || value <= 0) return []
    const low = value * factor
    const from = requirement
    if (bound === 'at_most' || requirement.modality === 'must_not') return [{ least: 0, most: low, from }]
    if (bound === 'at_least') return [{ least: low, most: null, from }]
    if (bound === 'range') return [{ least: low, most: Math.max(low, (upper ?? value) * factor), from }]
    return [{ least: low, most: low, from }]
  })
}

function isAboutTheWhole(requirement: Requirement): boolean {
  if (!WHOLE_KINDS.has(requirement.kind) || OF_A_PART.test(requirement.statement)) return false
  if (NAMED_PART.test(requirement.statement)) return false
  return !topicsOf(requirement).some((topic) => PART_TOPICS.has(topic))
}

/** A round number between the bounds: their middle, a little above a floor, a little below a ceiling. */
function aimBetween(least: number, most: number | null, step: number): number {
  if (most === null) return Math.ceil((least * 1.05) / step) * step
  if (least === most) return least
  const wanted = least === 0 ? most * 0.95 : (least + most) / 2
  const round = Math.round(wanted / step) * step
  return round >= least && round <= most && round > 0 ? round : Math.floor((least + most) / 2)
}

/** Requirements of which two cannot both hold, as bounds on the same unit. */
export function findLengthConflict(
  requirements: readonly Requirement[],
  unit: Unit,
): readonly [Requirement, Requirement] | null {
  const bounds = requirements.filter(isAboutTheWhole).flatMap((requirement) => boundsOf(requirement, unit))
  for (const low of bounds) {
    const high = bounds.find(({ most, from }) => most !== null && most < low.least && from !== low.from)
    if (high !== undefined) return [low.from, high.from]
  }
  return null
}

/** How long the whole work is to be, from every requirement that says so; null where none does. */
export function readLength(requirements: readonly Requirement[], unit: Unit): Length | null {
  const bounds = requirements.filter(isAboutTheWhole).flatMap((requirement) => boundsOf(requirement, unit))
  const [first] = bounds
  if (first === undefined) return null
  // A rehearsal or a part may be timed too; what is largest is the whole. Conflicts are asked about, not settled.
  const least = Math.max(...bounds.map((each) => each.least))
  const tops = bounds.flatMap(({ most }) => (most !== null && most >= least ? [most] : []))
  const most = tops.length === 0 ? null : Math.min(...tops)
  const step = unit === 'words' && (most ?? least) >= 200 ? 10 : 1
  const aim = aimBetween(least, most, step)
  return { unit, least, most, aim, from: [...new Set(bounds.map(({ from }) => from))] }
}

/** How long each of several is to be in words, e.g. each reply or annotation; null where nothing says so. */
export function readLengthOfEach(requirements: readonly Requirement[], of: RegExp): Length | null {
  const found = requirements.find(
    (requirement) => of.test(requirement.statement) && boundsOf(requirement, 'words').length > 0,
  )
  const [bounds] = found === undefined ? [] : boundsOf(found, 'words')
  if (found === undefined || bounds === undefined) return null
  const { least, most } = bounds
  return { unit: 'words', least, most, aim: aimBetween(least, most, least >= 200 ? 10 : 5), from: [found] }
}
