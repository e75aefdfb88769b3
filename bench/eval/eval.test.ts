import { readFileSync } from 'node:fs'

import { beforeAll, describe, expect, test } from 'vitest'

import { loadBriefs } from '../../activities/llm/briefs/load-briefs.ts'
import { createOfflineProvider } from '../../activities/llm/offline/provider.ts'
import type { LlmPort } from '../../activities/llm/port.ts'
import { RunFailure } from '../../contract/run-errors.ts'
import { evaluate, type Evaluation } from './evaluate.ts'
import { FIGURES, type Figure } from './figures.ts'
import { findBreaches, readFloors } from './floors.ts'
import { renderEvaluation } from './report/render-evaluation.ts'
import { resultsFile, toJson, toPage } from './report/write-results.ts'

const SETS = ['development', 'held-out'] as const
const floors = readFloors()

let rules: Evaluation

beforeAll(async () => {
  rules = await evaluate(
    createOfflineProvider(),
    SETS.map((set) => [set, loadBriefs(set)] as const),
  )
}, 300_000)

/** The evaluation with one figure of the development briefs at another count. */
function withFigure(figure: Figure, hit: number, of: number): Evaluation {
  const sets = rules.sets.map((one) =>
    one.set === 'development' ? { ...one, figures: { ...one.figures, [figure]: { hit, of } } } : one,
  )
  return { ...rules, sets }
}

describe('the rules on the marked briefs', () => {
  test('keep every figure at its floor or above, and every one that should be small at its ceiling or below', () => {
    expect(findBreaches(rules, floors)).toEqual([])
  })

  test('reach what is asked of them on development briefs', () => {
    const [{ figures } = { figures: null }] = rules.sets
    const shareOf = (figure: Figure) => (figures?.[figure].hit ?? 0) / (figures?.[figure].of ?? 1)
    expect(shareOf('recall')).toBeGreaterThanOrEqual(0.92)
    expect(shareOf('precision')).toBeGreaterThanOrEqual(0.75)
    expect(figures?.wrong_numbers.hit).toBe(0)
    expect(figures?.wrong_dates.hit).toBe(0)
  })

  test('give the committed results; after a change of the rules `npm run eval` writes them anew', () => {
    expect(readFileSync(resultsFile('offline', 'json'), 'utf8')).toBe(toJson(rules))
    expect(readFileSync(resultsFile('offline', 'md'), 'utf8')).toBe(toPage(rules, floors))
  })

  test('answer every brief', () => {
    for (const { set, briefs, unanswered } of rules.sets) {
      expect(unanswered).toEqual([])
      expect(briefs.map(({ brief }) => brief)).toEqual(loadBriefs(set).map(({ name }) => name))
    }
  })
})

describe('findBreaches()', () => {
  test('every figure that was measured has a limit', () => {
    for (const { set, figures } of rules.sets) {
      const measured = FIGURES.filter((figure) => figures[figure].of > 0)
      expect(measured.filter((figure) => floors[set][figure] === undefined)).toEqual([])
    }
  })

  test.each([
    ['recall', 50, 100, 'below its floor of 0.92'],
    ['quotes', 999, 1000, 'below its floor of 1'],
    ['wrong_numbers', 1, 1000, 'above its ceiling of 0'],
    ['false_alarms', 1, 44, 'above its ceiling of 0'],
  ] as const)('names %s at %i of %i', (figure, hit, of, says) => {
    const breaches = findBreaches(withFigure(figure, hit, of), floors)
    expect(breaches).toHaveLength(1)
    expect(breaches[0]).toContain(says)
  })

  test('finds no fault in a figure without a case', () => {
    expect(findBreaches(withFigure('choices', 0, 0), floors)).toEqual([])
  })
})

describe('evaluate()', () => {
  const two = [['held-out', loadBriefs('held-out').slice(0, 2)]] as const
  const offline = createOfflineProvider()

  test('sets a brief apart that a provider gives no answer for, and measures the others', async () => {
    let asked = 0
    const failing: LlmPort = {
      provider: 'sometimes',
      run: async (step, input, call) => {
        asked += 1
        if (asked === 1) throw new RunFailure('MODEL_OUTPUT_INVALID', 'no answer')
        return offline.run(step, input, call)
      },
    }
    const said: string[] = []
    const evaluation = await evaluate(failing, two, (line) => said.push(line))
    const [{ briefs, unanswered, figures } = { briefs: [], unanswered: [], figures: null }] = evaluation.sets
    const [first, second] = two[0][1]
    expect(unanswered).toEqual([{ brief: first?.name, code: 'MODEL_OUTPUT_INVALID' }])
    expect(briefs.map(({ brief }) => brief)).toEqual([second?.name])
    expect(figures?.genre.of).toBe(1)
    expect(said).toHaveLength(2)
    expect(renderEvaluation(evaluation, null)).toContain(`${first?.name} (MODEL_OUTPUT_INVALID)`)
  })

  test('does not take a fault of its own for a missing answer', async () => {
    const broken: LlmPort = { provider: 'broken', run: () => Promise.reject(new TypeError('a fault')) }
    await expect(evaluate(broken, two)).rejects.toThrow('a fault')
  })
})
