import { describe, expect, test } from 'vitest'

import {
  ESSAY_NOW,
  essayContext,
  essayDistilled,
  essayDocuments,
} from '../../../activities/llm/offline/draft/examples/essay-assignment.ts'
import { draftOffline } from '../../../activities/llm/offline/draft/draft-offline.ts'
import { measureVerifier, PLANTED_FIGURES } from './measure-verifier.ts'
import { giveAdvice, retitle, spellNumber } from './edit-harmlessly.ts'
import { closeCircle, reverseDependency } from './plant-order.ts'
import {
  dropCriterion,
  forgetRequirement,
  paraphraseInPlan,
  paraphraseQuote,
  writeTheWork,
} from './plant-sources.ts'
import { changeNumber, dropNumber, inventCount, moveDay } from './plant-values.ts'
import { spread, withText } from './planted.ts'

const input = { context: essayContext, distilled: essayDistilled, now: ESSAY_NOW, rejection_reason: null }
const sound = {
  ...draftOffline(input),
  distilled: essayDistilled,
  documents: essayDocuments,
  context: essayContext,
}

const PLANTERS = {
  changeNumber,
  dropNumber,
  moveDay,
  inventCount,
  reverseDependency,
  closeCircle,
  dropCriterion,
  forgetRequirement,
  paraphraseQuote,
  paraphraseInPlan,
  writeTheWork,
  giveAdvice,
  retitle,
}

describe('planting', () => {
  test.each(Object.entries(PLANTERS))(
    '%s changes a copy at every place and leaves the sound plan alone',
    (_, plant) => {
      const before = structuredClone(sound)
      const faulty = plant(sound)
      expect(faulty.length).toBeGreaterThan(0)
      for (const one of faulty) expect(one).not.toEqual(sound)
      expect(sound).toEqual(before)
    },
  )

  test('spellNumber() writes a count in words', () => {
    const counted = withText(sound, '/milestones/0/title', 'Use at least 5 sources.')
    const [spelled] = spellNumber(counted)
    expect(spelled?.plan.milestones[0]?.title).toBe('Use at least five sources.')
  })

  test('spread() takes no more than asked, from the whole list, and all of a short one', () => {
    const items = Array.from({ length: 10 }, (_, index) => index)
    expect(spread(items, 2)).toEqual([0, 5])
    expect(spread([1], 2)).toEqual([1])
  })
})

describe('measureVerifier()', () => {
  test('catches every class it can plant in the example, and blames neither the sound plan nor a harmless edit', () => {
    const figures = measureVerifier(sound)
    const missed = PLANTED_FIGURES.filter((name) => figures[name].hit < figures[name].of)
    expect(missed).toEqual([])
    expect([figures.false_alarms.hit, figures.false_alarms_edited.hit]).toEqual([0, 0])
  })
})
