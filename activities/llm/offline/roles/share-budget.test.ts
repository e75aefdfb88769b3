import { expect, test } from 'vitest'

import { loadBriefs } from '../../briefs/load-briefs.ts'
import { distillOffline } from '../distill/index.ts'
import { roleInputs } from '../../../roles/examples/role-inputs.ts'
import { prepare } from './prepare.ts'
import { shareBudget } from './share-budget.ts'

const LONG = new Set(['essay', 'research_paper', 'lab_report'])
const WORKS = loadBriefs('development').flatMap(({ name, context, texts }) => {
  const distilled = distillOffline({ context, documents: texts })
  if (!LONG.has(distilled.genre)) return []
  return [[name, roleInputs({ context, distilled, documents: texts })] as const]
})

/** What each part of a form may take, in each sheet of a work that is about it. */
function sharesOf(inputs: (typeof WORKS)[number][1]): ReadonlyMap<string, readonly number[]> {
  const told = inputs
    .filter(({ subject }) => subject.deliverable !== '')
    .flatMap((input) => {
      const { form, parts, whole } = prepare(input)
      return shareBudget(parts, whole).flatMap(({ name, amount }) =>
        amount === null ? [] : [{ part: `${form.id} ${name}`, value: amount.value }],
      )
    })
  return new Map(
    [...Map.groupBy(told, ({ part }) => part)].map(([part, all]) => [part, all.map(({ value }) => value)]),
  )
}

test.each(WORKS)('%s: a part has the same share in every sheet that is about it', (_, inputs) => {
  const different = [...sharesOf(inputs)].filter(([, values]) => new Set(values).size > 1)
  expect(different).toEqual([])
})

test('some of these works have sheets about a part of the whole', () => {
  const shared = WORKS.flatMap(([, inputs]) => [...sharesOf(inputs).values()])
  expect(shared.some((values) => values.length > 1)).toBe(true)
})
