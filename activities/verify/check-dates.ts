import { DateTime } from 'luxon'

import type { CanvasFacts } from './canvas-facts.ts'
import type { Finding } from './finding.ts'
import { readDates, sameDay, type DateUse } from './read-dates.ts'
import { quotesOf, type LinkedString, type Sources } from './sources.ts'

const DUE_STRATEGY = /^\/milestones\/(\d+)\/due_strategy$/
const STATED = /^\/assignment_summary\/hard_constraints|^\/submission_strategy\/final_checklist/

/** Days one string names that are no days of Canvas nor of the quotes behind it. */
export function checkDaysOf({ facts, everywhere }: Sources, string: LinkedString): readonly Finding[] {
  const { pointer, text, requirements } = string
  const speaksForCanvas = STATED.test(pointer) && text.startsWith('Due ')
  const unlinked = speaksForCanvas ? [] : everywhere.dates
  const said = requirements.length > 0 ? readDates(quotesOf(requirements)) : unlinked
  const known = [...facts.dates, ...said]
  // The first day of a due strategy is the plan's own; what else it names comes from the sources.
  const named = readDates(text).slice(DUE_STRATEGY.test(pointer) ? 1 : 0)
  return named
    .filter((date) => !known.some((other) => sameDay(date, other)))
    .map((date): Finding => ({
      code: 'DATE_NOT_IN_SOURCE',
      pointer,
      severity: 'error',
      message: `“${date.text}” is no date of Canvas and stands in no quote of this line.`,
    }))
}

function checkDueStated({ strings, facts }: Sources): readonly Finding[] {
  const { due } = facts
  if (due === null) return []
  const [dueUse] = readDates(due.toFormat("yyyy-MM-dd'T'HH:mm"))
  const stated = strings.filter(({ pointer }) => STATED.test(pointer)).flatMap(({ text }) => readDates(text))
  if (dueUse !== undefined && stated.some((date) => sameDay(date, dueUse))) return []
  const message = `The plan nowhere states the due date Canvas gives, ${due.toFormat('d LLL yyyy, HH:mm')}.`
  return [
    {
      code: 'DUE_DATE_NOT_STATED',
      pointer: '/assignment_summary/hard_constraints',
      severity: 'error',
      message,
    },
  ]
}

/** The moment a day without a year means: the one nearest to the end of the assignment. */
function toMoment(date: DateUse, { zone, end }: CanvasFacts): DateTime | null {
  const [hour, minute] = (date.time ?? '00:00').split(':').map(Number)
  const at = (year: number) =>
    DateTime.fromObject(
      { year, month: date.month, day: date.day, hour: hour ?? 0, minute: minute ?? 0 },
      { zone },
    )
  if (date.year !== null) return at(date.year)
  if (end === null) return null
  const near = [-1, 0, 1].map((shift) => at(end.year + shift)).filter(({ isValid }) => isValid)
  return near.sort((a, b) => Math.abs(+a - +end) - Math.abs(+b - +end))[0] ?? null
}

function checkOrder({ plan, facts }: Sources): readonly Finding[] {
  const findings: Finding[] = []
  let previous: DateTime | null = null
  let order = 0
  for (const [index, milestone] of plan.milestones.entries()) {
    const pointer = `/milestones/${index}/due_strategy`
    const [date] = readDates(milestone.due_strategy)
    const at = date === undefined ? null : toMoment(date, facts)
    // Where the deadline has passed the strategy names it, and lies on it.
    if (at !== null && facts.end !== null && at > facts.end) {
      findings.push({
        code: 'ENDS_AFTER_DUE',
        pointer,
        severity: 'error',
        message: `“${milestone.title}” ends after Canvas takes work.`,
      })
    }
    if ((at !== null && previous !== null && at < previous) || milestone.order <= order) {
      findings.push({
        code: 'MILESTONES_OUT_OF_ORDER',
        pointer,
        severity: 'error',
        message: `“${milestone.title}” comes before the milestone it follows.`,
      })
    }
    previous = at ?? previous
    order = milestone.order
  }
  return findings
}

/** The due date of Canvas, and the order and end of the milestones. */
export function checkDates(sources: Sources): readonly Finding[] {
  return [...checkDueStated(sources), ...checkOrder(sources)]
}
