import type { DateTime } from 'luxon'
import type { AssignmentSeed } from '../seed.ts'
import { clockTime, isoUtc } from '../term.ts'

/** The locked_for_user fields: an assignment is locked before its unlock date and after its lock date. */
export function presentLock(assignment: AssignmentSeed, now: Date): Record<string, unknown> {
  const { unlockAt, lockAt } = assignment
  if (unlockAt !== undefined && now < unlockAt.toJSDate()) {
    return locked(
      assignment,
      { unlock_at: isoUtc(unlockAt) },
      `This assignment is locked until ${spoken(unlockAt)}.`,
    )
  }
  if (lockAt !== undefined && now >= lockAt.toJSDate()) {
    return locked(assignment, { lock_at: isoUtc(lockAt) }, `This assignment was locked ${spoken(lockAt)}.`)
  }
  return { locked_for_user: false }
}

function locked(assignment: AssignmentSeed, since: Record<string, string>, explanation: string) {
  return {
    locked_for_user: true,
    lock_info: {
      asset_string: `assignment_${assignment.id}`,
      ...since,
      can_view: since['lock_at'] !== undefined,
    },
    lock_explanation: explanation,
  }
}

function spoken(time: DateTime): string {
  return `${time.setLocale('en-US').toFormat('LLL d')} at ${clockTime(time).replace(' ', '').replace(':00', '')}`
}
