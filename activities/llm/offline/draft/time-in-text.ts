import type { DateMention } from '../../../../contract/requirements.ts'

/** Dates named in the text, sorted by what the plan does with them. */
export interface TextDates {
  /** Stages on the way that the instructor has dated: they come before the plan's own dates. */
  readonly interim: readonly DateMention[]
  /** Dates for handing in that disagree with Canvas. */
  readonly conflicts: readonly DateMention[]
}

const INTERIM =
  /\b(?:proposal|outline|(?:first|rough) draft|draft|annotated bibliography|checkpoint|progress report|peer review|topic|prototype|storyboard)\b/i
const FINAL = /\bfinal\b/i

function isInterim({ evidence }: DateMention): boolean {
  return INTERIM.test(evidence.quote) && !FINAL.test(evidence.quote)
}

/** Sorts the dates of the text: stages on the way, and contradictions to Canvas. */
export function sortTextDates(dates: readonly DateMention[]): TextDates {
  const open = dates.filter(
    ({ agrees_with_canvas, iso_date }) => agrees_with_canvas !== true && iso_date !== null,
  )
  return {
    interim: open.filter(isInterim),
    conflicts: open.filter((date) => date.agrees_with_canvas === false && !isInterim(date)),
  }
}
