import { expect, test } from 'vitest'

import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import { distillOffline } from '../llm/offline/distill/index.ts'
import { bareContext, bareDocument } from '../llm/briefs/bare-assignment.ts'
import { checkLinks } from './check-links.ts'
import { gatherSources } from './sources.ts'

const context = bareContext({ title: 'Essay' }, 'UTC')
const documents = [bareDocument('Write an essay on a river. It must include at least one map.\n')]
const distilled = distillOffline({ context, documents })
const input = { context, distilled, now: '2026-09-01T09:00:00Z', rejection_reason: null }
const good = { ...draftOffline(input), distilled, documents, context }

function saying(constraint: string) {
  const plan = structuredClone(good.plan)
  const { hard_constraints } = plan.assignment_summary
  const at = hard_constraints.findIndex((line) => line.includes('one map'))
  expect(at).toBeGreaterThanOrEqual(0)
  hard_constraints[at] = constraint
  return checkLinks(gatherSources({ ...good, plan })).filter(({ severity }) => severity === 'error')
}

test('a constraint that asks for one of something says so, in words or as a figure', () => {
  expect(saying('It must include at least one map.')).toEqual([])
  expect(saying('At least 1 map.')).toEqual([])
  expect(saying('It must include maps.').map(({ code }) => code)).toEqual(['QUANTITY_NOT_STATED'])
})
