import type { Requirement } from '../../../../contract/requirements.ts'

// "Thursday of Week 10", "by the end of week 9": days that only the calendar of the course turns into a date.
const WEEK_OF_TERM = /\bweeks? (?:no\. ?)?\d{1,2}\b/iu
const NO_WORK = new Set<Requirement['kind']>(['grading', 'deadline'])

/** Whether a requirement sets a day by the week of the term: it binds like a date, and nobody is reminded of it. */
export function isDatedByWeek({ kind, modality, statement, evidence }: Requirement): boolean {
  if (NO_WORK.has(kind) || modality === 'may' || modality === 'should') return false
  return [statement, ...evidence.map(({ quote }) => quote)].some((words) => WEEK_OF_TERM.test(words))
}
