import fc from 'fast-check'
import { expect, test } from 'vitest'

import { Slug } from '../../../../contract/primitives.ts'
import type { Requirement } from '../../../../contract/requirements.ts'
import { findFeatures } from './features.ts'

function demandUnder(heading: string, number: number): Requirement {
  const place = { document_id: '00000000-0000-4000-8000-000000000000', start: null, end: null, page: null }
  const quote = (text: string) => ({ ...place, quote: text, match: 'exact' as const })
  return {
    id: `r${number}`,
    kind: 'content',
    modality: 'must',
    statement: `R${number}: It works.`,
    hard: false,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [quote('It works.'), quote(heading)],
  }
}

test('a feature is a task with a lawful name, however long its heading and wherever it is cut', () => {
  const heading = fc.stringMatching(/^[a-z]{30,42} [a-zé-]{1,8}( [a-z]{1,5})?$/)
  fc.assert(
    fc.property(heading, (heading) => {
      const features = findFeatures([demandUnder(heading, 1), demandUnder('Storage', 2)])
      const names = features.map(({ taskId }) => taskId)
      expect(names.length).toBe(2)
      expect(names.filter((name) => !Slug.safeParse(name).success)).toEqual([])
    }),
  )
})
