import fc from 'fast-check'
import { expect, test } from 'vitest'

import { PLAN_STAGES, STAGE_RANGES, stageProgress } from './stages.ts'

test('stages share the progress from 0 to 100 without gap or overlap', () => {
  let end = 0
  for (const stage of PLAN_STAGES) {
    expect(STAGE_RANGES[stage].from).toBe(end)
    end = STAGE_RANGES[stage].to
  }
  expect(end).toBe(100)
})

test('progress stays inside its stage and never falls as more is done', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PLAN_STAGES),
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
