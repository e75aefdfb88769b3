import { listNames } from '../../../../contract/text.ts'
import { DATE_WORDS } from './read-dates.ts'
import type { Merged } from './merge-restated.ts'

const WEEKS = /\bweeks? \d{1,2}(?:(?:\s?[-–]\s?| to | and | or |, (?:and |or )?)\d{1,2})*\b/giu
// `The reading from week 3` names a text, not a time.
const OF_COURSE =
  /\b(?:readings?|lectures?|slides?|notes|materials?|texts?|handouts?|videos?|articles?|sources?) (?:(?:from|of|for) )?$/iu
const MOST_NAMED = 4

/** The weeks of the term a demand names as a time, in its own words; none where a date stands beside them. */
function weeksOf({ statement }: Merged): readonly string[] {
  if (DATE_WORDS.test(statement)) return []
  return [...statement.matchAll(WEEKS)]
    .filter(({ index }) => !OF_COURSE.test(statement.slice(0, index)))
    .map(({ 0: weeks }) => weeks)
}

/** Asks for the start of term when demands fall in weeks of it that no date says; Canvas does not know it. */
export function askWeeks(found: readonly Merged[]): readonly string[] {
  const weeks = [...new Set(found.flatMap(weeksOf))]
  if (weeks.length === 0) return []
  const shown = listNames(weeks.slice(0, MOST_NAMED).map((week) => `“${week}”`))
  return [
    `The text counts in weeks of the term (${shown}) and gives no date for them. On which day does the term begin?`,
  ]
}
