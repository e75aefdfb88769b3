import { DateTime } from 'luxon'

import type { CanvasContext } from '../../contract/canvas-context.ts'
import { readDates, type DateUse } from './read-dates.ts'
import { readNumbers, type NumberUse } from './read-numbers.ts'

/** What Canvas itself says, in the form the checks compare with. */
export interface CanvasFacts {
  readonly zone: string
  readonly due: DateTime | null
  /** The last moment Canvas takes work: due date, last checkpoint or closing. */
  readonly end: DateTime | null
  readonly dates: readonly DateUse[]
  readonly numbers: readonly NumberUse[]
  /** Names that may hold figures of their own: title, course, criteria. */
  readonly names: readonly string[]
  readonly extensions: readonly string[]
}

function pointNumbers({ assignment, rubric }: CanvasContext): readonly NumberUse[] {
  const criteria = rubric?.criteria.flatMap(({ points }) => points ?? []) ?? []
  const total = criteria.reduce((sum, points) => sum + points, 0)
  const values = [assignment.points_possible, rubric?.points_possible ?? null, ...criteria, total]
  return values.flatMap((value) =>
    value === null ? [] : [{ value: Number(value.toFixed(2)), unit: 'point', text: `${value}` }],
  )
}

/** Reads from the Canvas context what a plan may say without quoting a document. */
export function readCanvasFacts(context: CanvasContext): CanvasFacts {
  const { assignment, rubric, course } = context
  const zones = [course.user_time_zone, course.time_zone].filter((zone) => zone !== null)
  const zone = zones.find((named) => DateTime.local({ zone: named }).isValid) ?? 'UTC'
  const times = [
    assignment.due_at,
    assignment.lock_at,
    assignment.unlock_at,
    ...assignment.checkpoints.map(({ due_at }) => due_at),
  ]
  const moments = times.flatMap((iso) => (iso === null ? [] : [DateTime.fromISO(iso, { zone })]))
  const due = assignment.due_at === null ? null : DateTime.fromISO(assignment.due_at, { zone })
  const lock = assignment.lock_at === null ? null : DateTime.fromISO(assignment.lock_at, { zone })
  const ends = [
    due,
    lock,
    ...assignment.checkpoints.map(({ due_at }) =>
      due_at === null ? null : DateTime.fromISO(due_at, { zone }),
    ),
  ]
  const attempts = assignment.allowed_attempts
  return {
    zone,
    due,
    end: DateTime.max(...ends.filter((end) => end !== null)) ?? null,
    dates: moments.flatMap((at) => readDates(at.toFormat("yyyy-MM-dd'T'HH:mm"))),
    numbers: [
      ...pointNumbers(context),
      ...(attempts === null ? [] : [{ value: attempts, unit: 'attempt', text: `${attempts}` }]),
      ...readNumbers([course.name, course.code, assignment.title].join(' ')),
    ],
    names: [
      assignment.title,
      course.name,
      course.code,
      ...(rubric?.criteria.map(({ description }) => description) ?? []),
    ]
      .flatMap((name) => (name === null || name.trim() === '' ? [] : [name.trim()]))
      .sort((a, b) => b.length - a.length),
    extensions: assignment.allowed_extensions.map((extension) => extension.replace(/^\./, '').toLowerCase()),
  }
}
