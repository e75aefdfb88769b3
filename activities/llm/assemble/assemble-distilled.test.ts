import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Distilled, REQUIREMENT_KINDS, type Requirement } from '../../../contract/requirements.ts'
import { distillOffline } from '../offline/distill/index.ts'
import { essayContext, essayDocuments } from '../offline/draft/examples/essay-assignment.ts'
import type { SourceDocument } from '../port.ts'
import type { DistillAnswer } from '../prompts/distill/1.0.0.ts'
import { essayDistillAnswer } from '../../../test/models/essay-answers.ts'
import { assembleDistilled } from './assemble-distilled.ts'

const context = essayContext
const syllabus: SourceDocument = {
  document_id: '1b1a7c52-3d0f-4c56-8a68-0f6a0f1c2d3e',
  kind: 'syllabus',
  name: 'Syllabus',
  text: 'Office hours are on Tuesday.\n\nRead two chapters every week.\n\nGenerative tools must never be consulted in this course.\n',
  pages: [],
}
const documents = [...essayDocuments, syllabus]
const NOTHING: DistillAnswer = {
  ...essayDistillAnswer,
  requirements: [],
  open_questions: [],
  ai_policy: { quotes: [], level: 'none_said' },
}

function assemble(change: Partial<DistillAnswer>): Distilled {
  const assembled = assembleDistilled({ ...NOTHING, ...change }, { context, documents })
  if (!assembled.ok) throw new Error(assembled.issues.join('\n'))
  return assembled.output
}

type Found = DistillAnswer['requirements'][number]

function found(quote: string, change: Partial<Found> = {}): Found {
  const base = {
    document: 'D1',
    statement: quote,
    kind: 'content',
    modality: 'must',
    alternative_group: null,
  }
  return { ...base, quote, ...change } as Found
}

const saying = (words: string, { requirements }: Distilled): readonly Requirement[] =>
  requirements.filter(({ evidence }) => evidence.some(({ quote }) => quote.includes(words)))

describe('assembleDistilled()', () => {
  test('never gives less than the rules: an empty answer leaves theirs as it is', () => {
    const rules = distillOffline({ context, documents })
    expect(assemble({ genre: rules.genre, objective: rules.objective })).toEqual(rules)
  })

  test('cuts the quote out of the document, however the model has spelt it', () => {
    const [spelt] = saying(
      'in 12-point',
      assemble({
        requirements: [found('double–spaced,   in 12-point Times  New Roman, with 1-inch margins')],
      }),
    ).filter(({ statement }) => statement.includes('double'))
    expect(spelt?.evidence[0]).toMatchObject({
      quote: 'double-spaced, in 12-point Times New Roman, with 1-inch margins',
      match: 'exact',
    })
  })

  test('says in the words of the quote what the model says beyond it', () => {
    const invented = found('Take a position on which city is better prepared', {
      statement: 'Take a position in 300 words',
    })
    const [taken] = saying('Take a position', assemble({ requirements: [invented] }))
    expect(taken?.statement).toBe('Take a position on which city is better prepared')
  })

  test('takes of a syllabus only rules of conduct', () => {
    const distilled = assemble({
      requirements: [
        found('Read two chapters every week', { document: 'D2' }),
        found('Generative tools must never be consulted in this course', {
          document: 'D2',
          kind: 'policy',
          modality: 'must_not',
        }),
      ],
    })
    expect(saying('two chapters', distilled)).toEqual([])
    expect(saying('Generative tools', distilled)).toHaveLength(1)
  })

  test('obeys a course’s ban that only the model has understood, with its words, where the assignment is silent', () => {
    const quote = 'What ChatGPT thinks of it is of no interest to anybody in this course'
    const texts = essayDocuments.map((document) => ({
      ...document,
      text: document.text.replace(/You may use AI tools.*/, ''),
    }))
    const course = { ...syllabus, text: `Office hours are on Tuesday.\n\n${quote}.\n` }
    const answer: DistillAnswer = {
      ...NOTHING,
      ai_policy: { quotes: [{ document: 'D2', quote }], level: 'no_ai' },
    }
    const levelWith = (brief: readonly SourceDocument[]) => {
      const assembled = assembleDistilled(answer, { context, documents: [...brief, course] })
      return assembled.ok ? assembled.output.ai_policy : null
    }
    expect(levelWith(texts)).toMatchObject({ level: 1, evidence: [{ quote }] })
    expect(levelWith(essayDocuments)?.level).toBe(2)
  })

  test('asks again when not one quote stands in the documents', () => {
    const answer = { ...NOTHING, requirements: [found('Dance a waltz'), found('Sing an aria')] }
    expect(assembleDistilled(answer, { context, documents }).ok).toBe(false)
  })

  test('drops questions with addresses and facts of their own, and an objective with a number', () => {
    const distilled = assemble({
      open_questions: ['Write to help@example.org?', 'Is it 90 pages?', 'Does the outline count?'],
      objective: 'Write 9,000 words.',
    })
    expect(distilled.open_questions).toContain('Does the outline count?')
    expect(distilled.open_questions.join(' ')).not.toMatch(/example|90/)
    expect(distilled.objective).not.toContain('9,000')
  })

  test('gives, whatever a model answers, a reading whose every quote stands where it says', () => {
    const texts = new Map(documents.map(({ document_id, text }) => [document_id, text]))
    const words = documents.flatMap(({ text }) => text.split(/(?<=[.,\n])/))
    const quote = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 60 }))
    const quoted = fc.record({ document: fc.constantFrom('D1', 'D2', 'D3', ''), quote })
    const answer: fc.Arbitrary<DistillAnswer> = fc.record({
      requirements: fc.array(
        fc
          .tuple(
            quoted,
            fc.oneof(quote, fc.constant('Use 7 sources by June 1')),
            fc.constantFrom(...REQUIREMENT_KINDS),
            fc.constantFrom('must', 'must_not', 'should', 'may'),
            fc.option(fc.string({ maxLength: 8 })),
          )
          .map(([at, statement, kind, modality, alternative_group]) => ({
            ...at,
            statement,
            kind,
            modality,
            alternative_group,
          })),
        { maxLength: 12 },
      ),
      suspicious: fc.array(quoted, { maxLength: 2 }),
      ai_policy: fc.record({
        quotes: fc.array(quoted, { maxLength: 2 }),
        level: fc.constantFrom('none_said', 'no_ai', 'ideas', 'free'),
      }),
      open_questions: fc.array(fc.string({ maxLength: 500 }), { maxLength: 8 }),
      objective: fc.string(),
      genre: fc.constantFrom('essay', 'programming', 'general'),
    })
    fc.assert(
      fc.property(answer, (given) => {
        const assembled = assembleDistilled(given, { context, documents })
        fc.pre(assembled.ok)
        const distilled = Distilled.parse(assembled.output)
        const evidence = [
          ...distilled.requirements.flatMap((requirement) => requirement.evidence),
          ...distilled.ai_policy.evidence,
          ...distilled.suspicious,
        ]
        for (const { document_id, quote: said, start, end } of evidence)
          expect(texts.get(document_id)?.slice(start ?? 0, end ?? 0)).toBe(said)
      }),
      { numRuns: 40 },
    )
  })
})
