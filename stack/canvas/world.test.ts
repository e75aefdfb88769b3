import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COURSES } from './courses/index.ts'
import type { CourseSeed } from './seed.ts'
import { createWorld } from './world.ts'

const ORIGIN = 'http://canvas.test'
const now = fc.date({ min: new Date('2024-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })

/** Everything of a world that a reader can see, functions and origins aside. */
function visible(courses: readonly CourseSeed[]): string {
  return JSON.stringify(courses, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}

describe('createWorld()', () => {
  test('looks forward whenever it starts: nothing is due yet', () => {
    fc.assert(
      fc.property(now, (start) => {
        const { courses } = createWorld(COURSES, start, ORIGIN)
        const dates = courses.flatMap(({ assignments }) => assignments.flatMap(({ dueAt }) => dueAt ?? []))
        expect(dates.length).toBeGreaterThan(10)
        for (const due of dates) expect(due.toMillis()).toBeGreaterThan(start.getTime())
      }),
      { numRuns: 30 },
    )
  })

  test('is the same for the same moment', () => {
    fc.assert(
      fc.property(now, (start) => {
        const [one, other] = [createWorld(COURSES, start, ORIGIN), createWorld(COURSES, start, ORIGIN)]
        expect(visible(one.courses)).toBe(visible(other.courses))
      }),
      { numRuns: 10 },
    )
  })

  test('gives no id twice', () => {
    const { courses } = createWorld(COURSES, new Date('2026-03-02T15:00:00Z'), ORIGIN)
    const assignments = courses.flatMap((course) => course.assignments)
    const files = assignments.flatMap(({ files = [] }) => files)
    const ids = [
      courses.map(({ id }) => id),
      assignments.map(({ id }) => id),
      files.flatMap(({ id, replacement }) => (replacement === undefined ? [id] : [id, replacement.id])),
    ]
    for (const each of ids) expect(new Set(each).size).toBe(each.length)
  })

  test('stops at a placeholder nobody filled', async () => {
    const { brief } = await import('./brief.ts')
    expect(() => brief(new URL('courses/history/', import.meta.url).href, 'essay.html', {})).toThrow(
      /\{\{\w+\}\}/,
    )
  })
})
