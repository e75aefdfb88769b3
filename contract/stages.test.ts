import fc from 'fast-check'
import { expect, test } from 'vitest'

import { FEEDBACK_STAGES, PLAN_STAGES, STAGE_RANGES, stageProgress } from './stages.ts'

test.each([
  ['plan', PLAN_STAGES],
  ['feedback', FEEDBACK_STAGES],
])('the stages of a %s share the progress from 0 to 100 without gap or overlap', (_, stages) => {
  let end = 0
  for (const stage of stages) {
    expect(STAGE_RANGES[stage].from).toBe(end)
    end = STAGE_RANGES[stage].to
  }
  expect(end).toBe(100)
})

test('progress stays inside its stage and never falls as more is done', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PLAN_STAGES, ...FEEDBACK_STAGES),
      fc.integer({ min: 0, max: 500 }),
      fc.nat(600),
      (stage, total, done) => {
        const here = stageProgress(stage, done, total)
        expect(here).toBeGreaterThanOrEqual(STAGE_RANGES[stage].from)
        expect(here).toBeLessThanOrEqual(STAGE_RANGES[stage].to)
        expect(stageProgress(stage, done + 1, total)).toBeGreaterThanOrEqual(here)
      },
    ),
  )
})
