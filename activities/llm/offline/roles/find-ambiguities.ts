import type { Requirement } from '../../../../contract/requirements.ts'
import { clip } from '../draft/grounded.ts'
import { asLine } from '../draft/restate.ts'
import type { Bench } from './bench.ts'
import type { Form } from './forms/form.ts'
import { findLengthConflict } from './read-length.ts'
import type { Whole } from './share-budget.ts'

const QUOTED = 240

// Words that leave a count or a measure to the reader.
const VAGUE_COUNT =
  /\b(?:several|some|a few|a number of|various|multiple|many|enough|sufficient(?:ly)?|a variety of)\b/i
const VAGUE_MEASURE =
  /\b(?:appropriate(?:ly)?|adequate(?:ly)?|reasonable|reasonably|relevant|suitable|clear(?:ly)?|(?<!\b(?:the|this|full|your|each|project|design) )brief(?:ly)?|(?<!\b(?:cut|cuts|cutting|stop|stops|stopped|fall|falls|run|runs|in) )short|in detail|in depth|high[- ]quality|professional(?:ly)?|as needed|where necessary|if possible|user[- ]friendly|fast|efficient(?:ly)?|scalable|robust|modern|good|nice|etc)\b/i

const quoted = (requirement: Requirement): string => `“${clip(asLine(requirement), QUOTED)}”`

// How long is said by a number where one stands beside it; what is "cut short" is not called short.
const SIZE_WORDS = /^(?:short|brief(?:ly)?|fast)$/i

function vagueMeasure({ statement, quantities }: Requirement): string | null {
  const measure = VAGUE_MEASURE.exec(statement)?.[0] ?? null
  return measure !== null && SIZE_WORDS.test(measure) && quantities.length > 0 ? null : measure
}

function findVague(own: readonly Requirement[]): readonly string[] {
  return own.flatMap((requirement) => {
    const { statement, quantities } = requirement
    const count = quantities.length > 0 ? undefined : VAGUE_COUNT.exec(statement)?.[0]
    if (count !== undefined)
      return [`How many are meant by “${count.toLowerCase()}”? It says: ${quoted(requirement)}`]
    const measure = vagueMeasure(requirement)
    return measure === null
      ? []
      : [
          `How would a reader tell “${measure.toLowerCase()}” from its opposite? It says: ${quoted(requirement)}`,
        ]
  })
}

// A number is missing where things are to be used or written, not where a list of them is described.
const ASKS_SOURCES =
  /\b(?:use|cite|consult|draw on|include|find|read|work with|refer to|support(?:ed)? (?:it |this |them )?(?:with|by))\b(?: (?!no\b|bibliograph|lists?\b|reference)[\p{L}-]+){0,4} sources?\b/iu
const ASKS_LENGTH = /\b(?:words?|pages?)\b/i
const OF_A_LIST =
  /\bbibliograph\w*|\b(?:reference|source) lists?\b|\blists? of\b|\bworks cited\b|\bstyle\b|\bformat\b/iu

function findMissingCounts(own: readonly Requirement[]): readonly string[] {
  return own
    .filter(
      ({ kind, modality, quantities, statement }) =>
        modality === 'must' &&
        quantities.length === 0 &&
        !OF_A_LIST.test(statement) &&
        !VAGUE_COUNT.test(statement) &&
        ((kind === 'source' && ASKS_SOURCES.test(statement)) ||
          (kind === 'length' && ASKS_LENGTH.test(statement))),
    )
    .map((requirement) => `No number is given here: how many? It says: ${quoted(requirement)}`)
}

/** Choices that are made in this task, or that something in it hangs on; elsewhere they are made by then. */
function findChoices({ input, own }: Bench): readonly string[] {
  const groups = Map.groupBy(input.requirements, ({ alternative_group }) => alternative_group)
  const here = new Set(own.map(({ alternative_group }) => alternative_group))
  return [...groups].flatMap(([group, options]) =>
    group === null || options.length < 2 || !here.has(group)
      ? []
      : [`Which one do you take? The instructions leave a choice: ${options.map(quoted).join(' or ')}`],
  )
}

function findConflicts({ input }: Bench): readonly string[] {
  const units = ['words', 'minutes', 'slides'] as const
  return units.flatMap((unit) => {
    const conflict = findLengthConflict(input.requirements, unit)
    return conflict === null
      ? []
      : [`These two cannot both hold; which one does? ${conflict.map(quoted).join(' against ')}`]
  })
}

function findMissingLength({ counts }: Form, whole: Whole | null): readonly string[] {
  if (counts === null || whole === null || whole.asked !== null) return []
  return counts === 'words'
    ? [
        `How long should it be? You are given no length; the budgets here take ${whole.value.toLocaleString('en-US')} words${whole.isPart ? ' for this part' : ''}, as is usual.`,
      ]
    : [
        `How long may you speak? You are given no time; the times here take ${whole.value / 60} minutes, as is usual.`,
      ]
}

/** What stays unclear: conflicts, choices, open questions, missing numbers and vague words, the most pressing first. */
export function findAmbiguities(bench: Bench, form: Form, whole: Whole | null): readonly string[] {
  const { input, own } = bench
  return [
    ...findConflicts(bench),
    ...(input.assignment?.open_questions ?? []),
    ...findMissingLength(form, whole),
    ...findChoices(bench),
    ...findMissingCounts(own),
    ...findVague(own),
  ]
}
