import type { DateTime } from 'luxon'
import type { User } from '../people.ts'
import type { AssignmentSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'

const MOST_DATES_SHOWN = 25

/** The due date of this caller: his own extension, else the date of the class. */
export function dueFor(assignment: AssignmentSeed, user: User): DateTime | null {
  return assignment.extensions?.get(user.id) ?? assignment.dueAt
}

/** The all_dates field, which gives way to a bare count from 25 overrides on. */
export function presentAllDates(assignment: AssignmentSeed, user: User): Record<string, unknown> {
  const sections = assignment.sectionOverrides ?? 0
  if (sections >= MOST_DATES_SHOWN) return { all_dates_count: sections }
  const own = assignment.extensions?.get(user.id)
  const base = { base: true, title: 'Everyone else', ...dates(assignment, assignment.dueAt) }
  if (own === undefined) return { all_dates: [base] }
  return {
    all_dates: [
      { id: assignment.id * 10n, title: '1 student', set_type: 'ADHOC', ...dates(assignment, own) },
      base,
    ],
  }
}

function dates(assignment: AssignmentSeed, due: DateTime | null) {
  return {
    due_at: due === null ? null : isoUtc(due),
    unlock_at: assignment.unlockAt === undefined ? null : isoUtc(assignment.unlockAt),
    lock_at: assignment.lockAt === undefined ? null : isoUtc(assignment.lockAt),
  }
}
