import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { DistillAnswer } from '../prompts/distill/1.0.0.ts'
import { essayContext } from '../offline/draft/examples/essay-assignment.ts'
import { promptOf } from '../../../test/models/project-answers.ts'
import { paid, startScriptedModel, type ScriptedModel } from '../../../test/models/scripted-model.ts'
import { ModelFailure } from './failures.ts'

// A brief that a model cannot take at once: sections of about a page, each with a demand that stands in all of them.

const SAME = 'Every section of the report must be checked by a second person before it is filed.'
const FILLER =
  'The works lie on the left bank, and the river has been measured there since the bridge was built. '
const THINGS = ['weir', 'lock', 'mill', 'bridge', 'ferry', 'harbour', 'sluice', 'towpath']
const sectionOf = (thing: string) =>
  `# The ${thing}\n\n${SAME} You must draw the ${thing} in ink.\n\n${FILLER.repeat(30)}\n\n`
const text = THINGS.map(sectionOf).join('')
const documents = [
  {
    document_id: '7c1d9a52-64a5-4d38-8a94-0f4a8f4f0b11',
    kind: 'description',
    name: 'Brief',
    text,
    pages: [],
  } as const,
]

let model: ScriptedModel
/** How long each prompt was that the model took. */
let taken: number[]

beforeEach(async () => {
  model = await startScriptedModel()
  taken = []
})
afterEach(() => model[Symbol.asyncDispose]())

/** A model that finds every demand it is shown, and takes no more than so many characters. */
function answerUpTo(most: number): void {
  model.answer('distill', [
    (request) => {
      const prompt = promptOf(request)
      if (prompt.length > most)
        return {
          error: { message: 'too long', type: 'invalid_request_error', code: 'context_length_exceeded' },
          status: 400,
        }
      taken.push(prompt.length)
      return paid(findDemands(prompt), 1_000, 100)
    },
  ])
}

function findDemands(prompt: string): DistillAnswer {
  const demands = [...prompt.matchAll(/[^.\n]*\bmust\b[^.\n]*\./gu)].map(([sentence]) => sentence.trim())
  return {
    requirements: demands.map((quote) => ({
      document: 'D1',
      quote,
      statement: quote.replace(/^You must d/u, 'D'),
      kind: 'process',
      modality: 'must',
      alternative_group: null,
    })),
    suspicious: [],
    ai_policy: { quotes: [], level: 'none_said' },
    open_questions: [],
    objective: 'Report on the works.',
    genre: 'general',
  }
}

function distil(part_tokens?: number) {
  const bounds = part_tokens === undefined ? {} : { part_tokens }
  const call = { signal: new AbortController().signal, book: model.book }
  return model.port([model.choice()], bounds).run('distill', { context: essayContext, documents }, call)
}

/** Where each of the things to draw stands, by what was found, in the order of the text. */
function placesOf({ output }: Awaited<ReturnType<typeof distil>>) {
  return output.requirements
    .flatMap(({ statement, evidence }) => {
      const thing = /draw the (\w+)/iu.exec(statement)?.[1]
      const [first] = evidence
      return thing === undefined || first === undefined ? [] : [[thing, first] as const]
    })
    .toSorted(([, a], [, b]) => (a.start ?? 0) - (b.start ?? 0))
}

describe('a brief that is too long', () => {
  test('for what is asked at once is read in parts, cut between sections, every demand at its own place', async () => {
    answerUpTo(Number.POSITIVE_INFINITY)
    const reply = await distil(2_000)
    expect(taken.length).toBeGreaterThan(2)
    expect(Math.max(...taken)).toBeLessThan(2_000 * 4 + 1_000)
    const places = placesOf(reply)
    expect(places.map(([thing]) => thing)).toEqual(THINGS)
    for (const [thing, { quote, start, end }] of places) {
      expect(text.slice(start ?? 0, end ?? 0)).toBe(quote)
      expect(start).toBeGreaterThan(text.indexOf(`# The ${thing}`))
    }
  })

  test('for the model is found out by asking, and read in parts that it takes', async () => {
    answerUpTo(9_000)
    const reply = await distil()
    expect(placesOf(reply)).toHaveLength(8)
    expect(model.spent.map(({ failure }) => failure)).toContain('context_length')
    expect(model.spent.filter(({ outcome }) => outcome === 'ok').length).toBe(taken.length)
  })

  test('is asked whole where it fits', async () => {
    answerUpTo(Number.POSITIVE_INFINITY)
    await distil()
    expect(taken).toHaveLength(1)
  })

  test('is given up where the model takes not even a page, and says what to do', async () => {
    answerUpTo(100)
    const failure: unknown = await distil(4_000).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ModelFailure)
    expect(failure).toMatchObject({ code: 'MODEL_REFUSED', kind: 'context_length' })
    expect((failure as ModelFailure).message).toMatch(/larger context/)
  })
})
