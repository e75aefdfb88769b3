import type { DateMention, Requirement } from '../../../../contract/requirements.ts'
import { asksBefore } from '../distill/asks-before.ts'

/** A date of the text and the requirement it seems to date, or null when none stands near. */
export interface DatedWork {
  readonly date: DateMention
  readonly about: Requirement | null
  /** Whether it is a date to ask somebody by, on which nothing is handed in. */
  readonly asks: boolean
}

/** Dates named in the text, sorted by what the plan does with them. */
export interface TextDates {
  /** Stages on the way that the instructor has dated: they come before the plan's own dates. */
  readonly interim: readonly DatedWork[]
  /** Dates for handing in that disagree with Canvas. */
  readonly conflicts: readonly DatedWork[]
  /** Whether the text also names the day Canvas has. */
  readonly agrees: boolean
}

/** Whether the work a date was found for names that day itself; a day that only stands near may belong to other work. */
export function namesDay({ date: { text }, about }: DatedWork): boolean {
  return (
    about !== null &&
    [about.statement, ...about.evidence.map(({ quote }) => quote)].some((words) => words.includes(text))
  )
}

const INTERIM =
  /\b(?:proposal|outline|draft|annotated bibliography|source list|checkpoint|progress report|peer review|workshop|topic|prototype|storyboard)\b/i
const FINAL = /\bfinal\b/i
const HANDING_IN =
  /\b(?:due|deadline|submit(?:ted)?|hand(?:ed)? in|turn(?:ed)? in|upload(?:ed)?|(?:in|on|to|into|via|through) canvas)\b/i
// A date stands beside what it dates, mostly before it: `Sunday, March 8: source list`.
const NEAR_CHARACTERS = 60
const NEAR_BEHIND = 24

function gapBetween(date: DateMention, requirement: Requirement): number {
  const { document_id, start, end } = date.evidence
  const gaps = requirement.evidence.map((own) => {
    if (own.document_id !== document_id || own.start === null || own.end === null) return Infinity
    if (start === null || end === null) return Infinity
    return start - own.end > NEAR_BEHIND ? Infinity : Math.max(0, own.start - end, start - own.end)
  })
  return Math.min(...gaps)
}

/** The requirement a date stands in or nearest to; one that holds another date of its own is not meant. */
function nearest(
  date: DateMention,
  dates: readonly DateMention[],
  requirements: readonly Requirement[],
): Requirement | null {
  const near = requirements
    .map((requirement) => ({ requirement, gap: gapBetween(date, requirement) }))
    .filter(({ gap }) => gap <= NEAR_CHARACTERS)
    .filter(({ requirement, gap }) => gap === 0 || dates.every((other) => gapBetween(other, requirement) > 0))
    .toSorted((a, b) => a.gap - b.gap)
  return near[0]?.requirement ?? null
}

function isToAskBy(date: DateMention, about: Requirement | null): boolean {
  const told = about === null ? [] : [about.statement, ...about.evidence.map(({ quote }) => quote)]
  const sentence = [...told, date.evidence.quote].find((words) => words.includes(date.text))
  return sentence !== undefined && asksBefore(sentence, { start: sentence.indexOf(date.text) })
}

function isConflict({ date, about, asks }: DatedWork): boolean {
  if (date.agrees_with_canvas !== false || asks) return false
  const words = `${date.evidence.quote} ${about?.statement ?? ''}`
  const onTheWay = INTERIM.test(words) && !FINAL.test(words)
  return !onTheWay && (about === null || HANDING_IN.test(words))
}

/** Sorts the dates of the text: stages on the way, and contradictions to Canvas. */
export function sortTextDates(
  dates: readonly DateMention[],
  requirements: readonly Requirement[],
): TextDates {
  const open = dates
    .filter(({ agrees_with_canvas, iso_date }) => agrees_with_canvas !== true && iso_date !== null)
    .map((date): DatedWork => {
      const about = nearest(date, dates, requirements)
      return { date, about, asks: isToAskBy(date, about) }
    })
  return {
    interim: open.filter((dated) => !isConflict(dated)),
    conflicts: open.filter(isConflict),
    agrees: dates.some(({ agrees_with_canvas }) => agrees_with_canvas === true),
  }
}
