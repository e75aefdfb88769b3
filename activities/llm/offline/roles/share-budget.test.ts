import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { briefInputs } from '../../../roles/examples/role-inputs.ts'
import type { Form } from './forms/form.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Length } from './read-length.ts'
import { readWhole, shareBudget } from './share-budget.ts'

// A sheet of each form that shares something out, as a task of a brief of each genre makes it.
const SHARED: ReadonlyMap<string, Prepared> = new Map(
  [...briefInputs().values()]
    .flat()
    .map(prepare)
    .filter(({ form }) => form.counts !== null)
    .map((prepared) => [prepared.form.id, prepared]),
)

const exactly = (unit: Length['unit'], aim: number): Length => ({
  unit,
  aim,
  least: aim,
  most: aim,
  from: [],
})
const length = fc
  .integer({ min: 1, max: 9_000 })
  .map((aim) => ({ words: exactly('words', aim), minutes: exactly('minutes', aim) }))

describe('shareBudget()', () => {
  test.each([...SHARED])(
    'gives a part of form %s one figure, whichever sheet it stands on',
    (_, prepared) => {
      fc.assert(
        fc.property(length, fc.infiniteStream(fc.boolean()), (asked, kept) => {
          const form: Form = prepared.form
          const bench = { ...prepared.bench, ...asked }
          const all = form.parts(bench)
          const some = all.filter(() => kept.next().value)
          const figures = new Map(
            shareBudget(all, readWhole(bench, form, all, all)).map(({ name, amount }) => [name, amount]),
          )
          const whole = readWhole(bench, form, all, some)
          const shared = shareBudget(some, whole)
          if (whole === null) return
          for (const { name, amount } of shared) expect(amount).toEqual(figures.get(name))
          expect(shared.reduce((total, { amount }) => total + (amount?.value ?? 0), 0)).toBe(whole.value)
        }),
      )
    },
  )

  test('deals out by the weights of whoever thought of the parts, though they bear the names of the form', () => {
    const outline = SHARED.get('outline')
    if (outline === undefined) throw new TypeError('no outline')
    const { bench, form } = outline
    const all = form.parts(bench)
    const whole = readWhole(bench, form, all, all)
    const turned = all.map((each) => ({
      ...each,
      weight: each.name === 'Close' ? 10 : Math.min(each.weight, 1),
    }))
    const shared = shareBudget(turned, whole).map(({ name, amount }) => ({ name, value: amount?.value ?? 0 }))
    const most = shared.toSorted((one, other) => other.value - one.value)[0]
    expect(most?.name).toBe('Close')
    expect(shared.reduce((total, { value }) => total + value, 0)).toBe(whole?.value)
  })
})
