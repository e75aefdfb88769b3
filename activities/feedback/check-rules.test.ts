import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Requirement } from '../../contract/requirements.ts'
import { essayContext, essayDistilled } from '../llm/offline/draft/examples/essay-assignment.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import type { SubmittedWork } from '../llm/port.ts'
import { checkRules } from './check-rules.ts'
import { CONDITION_CASES } from './examples/condition-cases.ts'
import { FORM_CASES } from './examples/form-cases.ts'
import { LENGTH_CASES } from './examples/length-cases.ts'
import { ban, docx, rule, sourceRule, words, work } from './examples/rule-cases.ts'
import { PHRASE_CASES } from './examples/phrase-cases.ts'
import { SOURCE_CASES } from './examples/source-cases.ts'

const RULE_CASES = [...PHRASE_CASES, ...LENGTH_CASES, ...SOURCE_CASES, ...FORM_CASES, ...CONDITION_CASES]
const NOW = '2026-10-20T12:00:00Z'
const { plan } = draftOffline({
  context: essayContext,
  distilled: essayDistilled,
  now: NOW,
  rejection_reason: null,
})

function check(requirements: readonly Requirement[], submission: SubmittedWork, allowed: string[] = []) {
  const context = { ...essayContext, assignment: { ...essayContext.assignment, allowed_extensions: allowed } }
  const distilled = { ...essayDistilled, requirements: [...requirements] }
  return checkRules({ milestone: null, plan, plan_evidence: [], distilled, context, submission })
}

describe('checkRules()', () => {
  test.each([
    [ban('No author-date citations', { hard: false }), 'Old (Abel, 2001, p. 3).', 'not_met', true],
    [rule('Write at least 900 words', { hard: false }), 'Old.', 'not_met', false],
  ])('calls what is forbidden and found a fix, whatever else is: %#', (requirement, text, outcome, hard) => {
    const [found] = check([requirement], work(text))
    expect([found?.outcome, found?.hard]).toEqual([outcome, hard])
  })

  test.each(RULE_CASES)('%s', (_, requirement, submission, outcome, says) => {
    const [found] = check([requirement], submission)
    expect(found?.outcome).toBe(outcome)
    expect(found?.observation).toMatch(says)
    expect(found?.hard).toBe(true)
  })

  test.each([
    rule('Submit by November 26', { kind: 'deadline' }),
    rule('Late essays lose 5% per day', { kind: 'grading' }),
    rule('You may write up to 3,000 words', { modality: 'may' }),
    rule('Include a discussion of the levees', { kind: 'content' }),
    rule('Organise your analysis around three themes', { kind: 'structure' }),
    rule('Begin with an introduction that states your thesis and end with a conclusion', {
      kind: 'structure',
    }),
    rule('Analyse at least two characters', { kind: 'content' }),
    rule('Choose no more than two characters from the novel'),
    rule('Use at least 10 new vocabulary words'),
    rule('No more than 30 words on any slide', { modality: 'must_not' }),
    rule('Keep the title under 15 words'),
    rule('Set off quotations longer than 40 words', { kind: 'format' }),
    rule('Bring a printed draft of at least 800 words to class', { kind: 'process' }),
    rule('Read at least 20 pages before class', { kind: 'content' }),
    rule('Reply to two classmates in at least 50 words each'),
    rule('Compare three works by the same artist', { kind: 'content' }),
    rule('Discuss at least two texts from the course', { kind: 'content' }),
    rule('Include at least five entries in your journal', { kind: 'content' }),
    rule('Identify at least three sources of error', { kind: 'content' }),
    rule('Combine at least two data sources', { kind: 'content' }),
    rule('Report all values to two significant figures', { kind: 'format' }),
    rule('Title page with your name, the course number and a word count', { kind: 'format' }),
    rule('Submit a link to your repository with a README.md', { kind: 'submission' }),
    rule("Use Word's heading styles", { kind: 'format' }),
    rule('Format your paper in MLA style', { kind: 'format' }),
    sourceRule('Read at least two articles before class'),
    sourceRule('Use no sources other than the four assigned texts'),
    rule('PDFs of the readings are in the files section', { kind: 'submission' }),
    rule('Write it in the style of an abstract', { kind: 'structure' }),
    ban('Generative AI tools such as ChatGPT may not be used', { kind: 'policy' }),
    ban('Do not rely on blogs', { kind: 'source' }),
  ])('says nothing of “$statement”', (requirement) => {
    const text = 'The blogs of the time, unlike ChatGPT, were printed. I did not use ChatGPT. It was so.'
    expect(check([requirement], work(text, docx))).toEqual([])
  })

  test('of options, one that is not met is no fault', () => {
    const option = { alternative_group: 'length' }
    const [first, second] = check(
      [
        rule('Write 500 to 600 words', { ...option, id: 'a' }),
        rule('Write 1,500 to 1,600 words', { ...option, id: 'b' }),
      ],
      work(words(550)),
    )
    expect([first?.outcome, second?.outcome]).toEqual(['met', 'not_assessed'])
  })

  test('of two lengths of which the work keeps one, the other is no fault', () => {
    const [first, second] = check(
      [rule('Write 500 to 600 words', { id: 'a' }), rule('The paper must have 2,000 words', { id: 'b' })],
      work(words(550)),
    )
    expect([first?.outcome, second?.outcome]).toEqual(['met', 'not_assessed'])
    expect(second?.observation).toMatch(/Another length is asked for too/)
  })

  test('of a range and an upper limit, a work that is too short breaks the range: any short text keeps a limit', () => {
    const checks = check(
      [
        rule('Write 1,800 to 2,200 words', { id: 'a' }),
        rule('Write at most 2,200 words: your instructor stops reading there', { id: 'b' }),
      ],
      work(words(170)),
    )
    expect(checks.map(({ id, outcome }) => [id, outcome])).toEqual([['a-length', 'not_met']])
  })

  test.each([
    'Do not summarise “The Yellow Wallpaper”',
    'Do not confuse “moral luck” with “epistemic luck”',
    'Never quote from “The Yellow Wallpaper” without a page number',
  ])('a title that a ban only names is nothing to look for: %s', (statement) => {
    const banned = rule(statement, { modality: 'must_not', kind: 'content' })
    const text = `${words(60)} The Yellow Wallpaper is about moral luck and epistemic luck.`
    expect(check([banned], work(text)).filter(({ outcome }) => outcome === 'not_met')).toEqual([])
  })

  test('a length is of the whole where the assignment is that part', () => {
    const requirement = rule('Write a reflection of 300 to 400 words')
    const said = (title: string) => {
      const assignment = { ...essayContext.assignment, title, allowed_extensions: [] }
      const context = { ...essayContext, assignment }
      const distilled = { ...essayDistilled, requirements: [requirement] }
      const given = { milestone: null, plan, plan_evidence: [], distilled, context }
      return checkRules({ ...given, submission: work(words(350)) })[0]?.outcome
    }
    expect(said('Reflection 2')).toBe('met')
    expect(said('Reflections on water')).toBe('met')
    expect(said('Group project')).toBe('not_assessed')
  })

  test('a part is not of the title by chance', () => {
    const assignment = { ...essayContext.assignment, title: 'Biology 2', allowed_extensions: [] }
    const context = { ...essayContext, assignment }
    const distilled = { ...essayDistilled, requirements: [rule('Bio: at most 100 words')] }
    const given = { milestone: null, plan, plan_evidence: [], distilled, context }
    expect(checkRules({ ...given, submission: work(words(900)) })[0]?.outcome).toBe('not_assessed')
  })

  test('a rule that is stated twice is checked once', () => {
    const twice = [rule('Write 500 to 600 words', { id: 'a' }), rule('Length: 500 to 600 words', { id: 'b' })]
    expect(check(twice, work(words(10)))).toHaveLength(1)
    const each = [
      rule('Write 100 to 200 words in each part', { id: 'a' }),
      rule('Write 50 to 80 words for each slide', { id: 'b' }),
    ]
    expect(check(each, work(words(10)))).toHaveLength(2)
  })

  test('what Canvas takes of files is checked too', () => {
    expect(check([], work('x', docx), ['pdf'])).toMatchObject([
      { outcome: 'not_met', hard: true, requirement_id: null },
    ])
    expect(check([], work('x', docx), ['.docx', 'pdf'])).toMatchObject([{ outcome: 'met' }])
    expect(check([], work('x'), ['pdf'])).toEqual([])
  })

  test('every quote of the work stands in it at the place it gives', () => {
    const submission = work('The river rose. I saw it.\n\nWe left (Wikipedia).')
    const rules = [
      ban('Do not write in the first person'),
      ban('Do not cite Wikipedia', { id: 'b', kind: 'source' }),
    ]
    const quotes = check(rules, submission).flatMap(({ evidence }) =>
      evidence.filter((one) => one.document_id === submission.document_id),
    )
    expect(quotes.length).toBeGreaterThan(1)
    for (const { quote, start, end } of quotes)
      expect(submission.text.slice(start ?? 0, end ?? 0)).toBe(quote)
  })

  test('any text gets an answer for every rule, whatever it holds', () => {
    const rules = RULE_CASES.map(([, requirement], index) => ({ ...requirement, id: `r-${index}` }))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const { outcome, observation } of check(rules, work(text))) {
          expect(['met', 'not_met', 'not_assessed']).toContain(outcome)
          expect(observation.length).toBeGreaterThan(10)
        }
      }),
      { numRuns: 60 },
    )
  })
})
