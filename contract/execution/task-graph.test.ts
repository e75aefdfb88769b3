import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findCircle, findCircularTasks, orderByDependencies } from './task-graph.ts'

const graph = fc
  .integer({ min: 1, max: 60 })
  .chain((size) =>
    fc
      .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 150 })
      .map((edges) => ({ size, edges })),
  )
const nodes = (size: number, edges: readonly (readonly [number, number])[]) =>
  Array.from({ length: size }, (_, id) => ({
    id: `t${id}`,
    depends_on: edges.filter(([from]) => from === id).map(([, to]) => `t${to}`),
  }))

describe('findCircularTasks()', () => {
  test('finds nothing when every dependency points to an earlier task', () => {
    fc.assert(
      fc.property(graph, ({ size, edges }) => {
        const downward = edges.filter(([from, to]) => from > to)
        expect(findCircularTasks(nodes(size, downward))).toEqual([])
      }),
    )
  })

  test('what it leaves out can be worked through, and each task it names waits for another it names', () => {
    fc.assert(
      fc.property(graph, ({ size, edges }) => {
        const tasks = nodes(size, edges)
        const stuck = new Set(findCircularTasks(tasks))
        for (const { id, depends_on } of tasks) {
          expect(depends_on.some((need) => stuck.has(need))).toBe(stuck.has(id))
        }
      }),
    )
  })
})

describe('orderByDependencies()', () => {
  test('puts each node after all it depends on, and always takes the first of those that could come next', () => {
    fc.assert(
      fc.property(graph, ({ size, edges }) => {
        const tasks = nodes(size, edges)
        const open = new Set(tasks)
        const inOrder: string[] = []
        const isFree = ({ depends_on }: (typeof tasks)[number]) =>
          depends_on.every((need) => inOrder.includes(need))
        for (let free = tasks.find(isFree); free !== undefined; free = [...open].find(isFree)) {
          open.delete(free)
          inOrder.push(free.id)
        }
        expect(orderByDependencies(tasks).map(({ id }) => id)).toEqual(inOrder)
      }),
    )
  })

  test('does not wait for what is not there, nor twice for the same', () => {
    const tasks = [
      { id: 'b', depends_on: ['a', 'a', 'ghost'] },
      { id: 'a', depends_on: [] },
    ]
    expect(orderByDependencies(tasks).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

describe('findCircle()', () => {
  test('names a circle that is one: each waits for the next, none comes twice, and the last is the first', () => {
    fc.assert(
      fc.property(graph, ({ size, edges }) => {
        const tasks = nodes(size, edges)
        const circle = findCircle(tasks)
        expect(circle === null).toBe(findCircularTasks(tasks).length === 0)
        const [first, ...others] = circle ?? []
        expect(others.at(-1)).toBe(first)
        expect(new Set(others).size).toBe(others.length)
        const needs = new Map(tasks.map(({ id, depends_on }) => [id, depends_on]))
        for (const [place, id] of others.entries()) {
          expect(needs.get(circle?.[place] ?? '')).toContain(id)
        }
      }),
    )
  })

  test('finds a task that waits for itself', () => {
    expect(findCircle([{ id: 'a', depends_on: ['a'] }])).toEqual(['a', 'a'])
  })
})
