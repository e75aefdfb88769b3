import type { DateTime } from 'luxon'

import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import { inZone } from '../text/zone.ts'

/** The moment the plan has to end before, in the student's zone. */
export type Deadline =
  | { readonly kind: 'none' }
  | { readonly kind: 'ahead'; readonly at: DateTime; readonly says: 'due' | 'closes' }
  | { readonly kind: 'late'; readonly at: DateTime; readonly due: DateTime }
  | { readonly kind: 'passed'; readonly at: DateTime }

/** How far a moment lies before the deadline, in words: `4 days before`, `the day before`, `3 h before`. */
export function formatDistance(at: DateTime, deadline: DateTime): string {
  const days = Math.round(deadline.startOf('day').diff(at.startOf('day'), 'days').days)
  if (days > 1) return `${days} days before`
  if (days === 1) return 'the day before'
  const minutes = Math.max(0, Math.floor(deadline.diff(at, 'minutes').minutes))
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h before` : `${minutes} min before`
}

/** Canvas decides: the due date, else the last checkpoint, else the moment it closes. */
export function readDeadline(context: CanvasContext, now: DateTime, zone: string): Deadline {
  const { due_at, lock_at, checkpoints } = context.assignment
  const lastCheckpoint = checkpoints
    .flatMap((checkpoint) => checkpoint.due_at ?? [])
    .sort()
    .at(-1)
  const lock = lock_at === null ? null : inZone(lock_at, zone)
  const set = due_at ?? lastCheckpoint
  if (set === undefined || set === null) {
    if (lock === null) return { kind: 'none' }
    return lock > now ? { kind: 'ahead', at: lock, says: 'closes' } : { kind: 'passed', at: lock }
  }
  const due = inZone(set, zone)
  if (due > now) return { kind: 'ahead', at: due, says: 'due' }
  return lock !== null && lock > now ? { kind: 'late', at: lock, due } : { kind: 'passed', at: due }
}
