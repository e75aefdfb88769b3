import type { JobState } from '../machines.ts'

/** A child as its parent's end depends on it: of a child that was tried again, only the newest attempt. */
export interface ChildEnd {
  readonly job_id: string
  readonly position: number
  readonly status: JobState
}

/** What becomes of a parent: `waits` while a child is open, else how it ends; `because` is the first that did not work. */
export type ParentEnd =
  | { readonly kind: 'waits'; readonly completed: number }
  | { readonly kind: 'completed'; readonly completed: number }
  | { readonly kind: 'failed'; readonly completed: number; readonly because: string }

const OPEN: ReadonlySet<JobState> = new Set<JobState>(['SUBMITTED', 'PENDING', 'RUNNING'])

/** How a parent stands by its children: it succeeds when all are completed and else carries the first error, in their order. */
export function endOfParent(children: readonly ChildEnd[]): ParentEnd {
  const completed = children.filter(({ status }) => status === 'COMPLETED').length
  if (children.some(({ status }) => OPEN.has(status))) return { kind: 'waits', completed }
  const first = children
    .filter(({ status }) => status !== 'COMPLETED')
    .toSorted((a, b) => a.position - b.position)[0]
  return first === undefined
    ? { kind: 'completed', completed }
    : { kind: 'failed', completed, because: first.job_id }
}

/** How far a parent is, 0–100 in whole steps, when so many of its children are completed. */
export function progressOfParent(completed: number, total: number): number {
  return total === 0 ? 0 : Math.floor((completed / total) * 100)
}
