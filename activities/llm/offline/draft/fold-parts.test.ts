import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Requirement } from '../../../../contract/requirements.ts'
import { foldParts } from './fold-parts.ts'

function requirement(id: string, statement: string, hard = false): Requirement {
  const evidence = [
    {
      document_id: '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e01',
      quote: statement,
      start: 0,
      end: 1,
      page: null,
      match: 'exact' as const,
    },
  ]
  const quantities = [...statement.matchAll(/\d+/g)].map(([text]) => ({
    text,
    value: Number(text),
    upper: null,
    unit: 'things',
    bound: 'exact' as const,
  }))
  const about = { kind: 'content', modality: 'must', alternative_group: null, criterion_id: null } as const
  return { id, statement, hard, quantities, evidence, ...about }
}

test('tells a part with the sentence that holds it, hard when the part is', () => {
  const { requirements, toldBy } = foldParts([
    requirement('a', 'Put 3 insects back', true),
    requirement('b', 'Identify insects to family and put 3 insects back.'),
    requirement('c', 'Cite in MLA style'),
  ])
  expect(
    requirements.map(({ id, hard, quantities }) => [id, hard, quantities.map(({ text }) => text)]),
  ).toEqual([
    ['b', true, ['3']],
    ['c', false, []],
  ])
  expect(toldBy.get('b')).toEqual(['a'])
})

test('loses no requirement and no count, and tells none twice', () => {
  const word = fc.constantFrom('read', 'cite', '3', '5', 'maps')
  const list = fc.array(fc.tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.boolean()), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(list, (drawn) => {
      const all = drawn.map(([words, hard], index) => requirement(`r${index}`, words.join(' '), hard))
      const { requirements, toldBy } = foldParts(all)
      const told = requirements.flatMap(({ id }) => [id, ...(toldBy.get(id) ?? [])])
      expect(told.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
      for (const { id, quantities } of requirements) {
        const counts = [id, ...(toldBy.get(id) ?? [])].flatMap(
          (one) => all.find((each) => each.id === one)?.quantities ?? [],
        )
        expect(new Set(quantities.map(({ text }) => text))).toEqual(new Set(counts.map(({ text }) => text)))
      }
    }),
  )
})
