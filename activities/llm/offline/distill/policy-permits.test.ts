import { describe, expect, test } from 'vitest'

import { policyAllows } from '../../../../contract/ai-policy.ts'
import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const SYLLABUS = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
const SHEET = 'Write an essay of 800 words on one river.\n'

function policyOf(rule: string, sheet = SHEET) {
  const documents = [bareDocument(sheet), bareDocument(`## Generative AI\n\n${rule}\n`, 'syllabus', SYLLABUS)]
  const { ai_policy, open_questions } = distillOffline({
    context: bareContext({}, 'Europe/Berlin'),
    documents,
  })
  return { ...ai_policy, allows: policyAllows(ai_policy), open_questions }
}

// The rules of three courses, as their syllabus words them.
const HISTORY = [
  "You may use generative AI tools to brainstorm, to find search terms, to **outline or plan** your work, and to get feedback on a text you have written yourself (level 4 on the department's scale of 1 to 5).",
  'You may not use them to draft, rewrite, paraphrase or translate any text that you hand in, and you may not cite them as a source.',
  'If you used such a tool, add a note of two or three sentences at the end of the paper.',
]
const PHYSICS = [
  'AI tools may be used for planning and outlining and to check grammar in text you have written yourself.',
  'Analysis, figures and the text of the discussion must be your own.',
  'State any use in the acknowledgements of the report.',
]
const PHILOSOPHY = [
  'This seminar is about what it means to take somebody’s word for something.',
  'The use of generative AI is not permitted for any part of the work in this course.',
  'This includes brainstorming, summarising the readings, planning and producing outlines.',
  'Spelling correction built into your word processor is fine.',
]

describe('a ban on what is made keeps no plan from the student', () => {
  test.each([
    'You may use AI tools to debug your code. You may not use AI to implement the data structures of this project.',
    'AI tools are allowed. Do not use AI to draw the chemical structures.',
    'AI tools are allowed. Do not use AI to write your lesson plan.',
    'AI may be used for brainstorming. AI must not write or organize your paper for you.',
  ])('%s', (rule) => {
    expect(policyOf(rule).allows.plan).toBe(true)
  })

  test.each([
    'AI tools are allowed for grammar. Do not use AI to plan or outline your essay.',
    'You may use AI to check spelling. You may not use it to outline or structure your text.',
  ])('and one on planning does: %s', (rule) => {
    expect(policyOf(rule).allows.plan).toBe(false)
  })

  test('comments in code are no feedback', () => {
    expect(policyOf('You may use AI to check grammar. AI may be used to comment code.').allows.feedback).toBe(
      false,
    )
  })
})

describe('what a course allows is quoted with what takes it back', () => {
  test('feedback on one’s own text is given where it is named, whatever is forbidden beside it, and nothing is asked', () => {
    const { level, allows, evidence, open_questions } = policyOf(HISTORY.join(' '))
    expect({ level, allows }).toEqual({ level: 4, allows: { plan: true, feedback: true } })
    expect(evidence.map(({ quote }) => quote)).toEqual([HISTORY.slice(0, 2).join(' ')])
    expect(open_questions.filter((question) => question.includes('AI'))).toEqual([])
  })

  test('the same where the sheet repeats the rule in short', () => {
    const rule =
      'The rules on AI are in the syllabus: outlining and feedback on your own text are allowed, drafting is not.'
    const { level, allows, evidence } = policyOf(HISTORY.join(' '), `${SHEET}\n${rule}\n`)
    expect({ level, allows }).toEqual({ level: 4, allows: { plan: true, feedback: true } })
    expect(evidence[0]?.quote).toBe(rule)
  })

  test('planning and a grammar check are no feedback, and what must be the student’s own is quoted with them', () => {
    const { level, allows, evidence } = policyOf(PHYSICS.join(' '))
    expect({ level, allows }).toEqual({ level: 4, allows: { plan: true, feedback: false } })
    expect(evidence.map(({ quote }) => quote)).toEqual([PHYSICS.slice(0, 2).join(' ')])
  })

  test('a ban is quoted with what it says it includes', () => {
    const { level, allows, evidence } = policyOf(PHILOSOPHY.join(' '))
    expect({ level, allows }).toEqual({ level: 1, allows: { plan: false, feedback: false } })
    expect(evidence.map(({ quote }) => quote)).toEqual([PHILOSOPHY.slice(1, 3).join(' ')])
  })

  test('a list is quoted with its items', () => {
    const { evidence } = policyOf('Permitted uses of AI:\n\n- finding a topic\n- making an outline')
    expect(evidence.map(({ quote }) => quote)).toEqual([
      'Permitted uses of AI:\n\n- finding a topic\n- making an outline',
    ])
  })

  test('the words that keep something for the student come first', () => {
    const { evidence } = policyOf('You may use AI freely.\n\nDo not use AI to plan or outline your essay.')
    expect(evidence[0]?.quote).toBe('Do not use AI to plan or outline your essay.')
  })
})

test('a list without feedback is quoted before the leave it narrows', () => {
  const { allows, evidence } = policyOf(
    'AI tools are allowed.\n\nDo you know what for? You may use AI for planning and to check spelling.',
  )
  expect(allows.feedback).toBe(false)
  expect(evidence[0]?.quote).toBe('You may use AI for planning and to check spelling.')
})

test.each([
  'You may use AI tools to plan your essay and to get comments on a draft. You may not let them edit it.',
  'The use of AI is prohibited, except to obtain feedback on a text you wrote yourself.',
  'Do not use AI to write for you. You can use it to critique your reasoning once the draft is finished.',
  'Permitted uses of AI:\n\n- making an outline\n- asking for feedback on what you have written',
  'AI is allowed for research, planning and feedback. It is not allowed for writing, editing or translating.',
  'You may have an AI read your draft and tell you what it does not understand.',
  'AI tools may be used to plan, to outline and to assess your own draft against the rubric.',
  'You may ask an AI for feedback on the grammar and the argument of your paper.',
  'You may use AI assistants to plan and to review code that you have written. They may not write code.',
  'AI may support your thinking but not replace it. Acceptable: outlines, comments on your draft. Not acceptable: generating text.',
  'You may use AI to have your draft reviewed, but the final text has to be your own.',
  'AI level 4 applies to this course.',
  'AI tools are allowed. You may use them, for example, for planning and to check spelling.',
  'You may use AI as you like, as long as you cite it.',
  'AI is permitted, provided that you disclose it. Your conclusions must be your own.',
  'AI tools: allowed for planning and for feedback; not allowed for anything you hand in.',
  '| Use | Allowed |\n| --- | --- |\n| Brainstorming | yes |\n| Feedback on a draft | yes |\n| Writing | no |',
])('feedback is given under %j', (rule) => {
  expect(policyOf(rule).allows).toEqual({ plan: true, feedback: true })
})

test.each([
  'You may use ChatGPT to check spelling. It must not be used for anything else.',
  'The use of AI is prohibited, except for grammar checks.',
  'Grammar checkers such as Grammarly are allowed. No other use of AI is permitted.',
  'Permitted uses of AI:\n\n- finding a topic\n- making an outline\n- spelling and grammar',
  'AI tools are allowed. You may use them for planning and to check spelling.',
  'AI tools are allowed in this course, but not for feedback on your drafts.',
  'You may use AI for everything except feedback on drafts.',
  'You may use AI tools to get feedback on your grammar, style and spelling, but not on your argument.',
  'You may ask an AI for feedback on your research question or on your outline.',
  'You may use AI to brainstorm. Get feedback from your peers in the Friday section.',
  'Students may use AI to review the literature and to plan their paper.',
  'You may use AI to debug your code and to plan its structure. It may not write code.',
  'AI level 4: you may use AI to correct the language of your text.',
  'AI use: planning and outlining only.',
  'AI may support your thinking but not replace it. Acceptable: asking for explanations, checking language. Not acceptable: generating text or figures.',
  'AI may be used to find what is unclear in the assignment sheet and to plan.',
  'You may use AI to plan the peer review. Add a comment to every cell that AI helped with.',
  'I will use AI to give feedback on your drafts. You may use AI to plan.',
  '| Use | Allowed |\n| --- | --- |\n| Grammar | yes |\n| Feedback on a draft | no |',
])('a plan and no feedback is given under %j', (rule) => {
  expect(policyOf(rule).allows).toEqual({ plan: true, feedback: false })
})

test.each([
  'AI tools are allowed in this course, but not for planning or outlining your work.',
  'You may use AI to check grammar. You may not use it to plan or outline your essay.',
  'You must not use AI to write your report. This includes outlining it. You may use AI to find errors in your code.',
  'No AI. This includes feedback, brainstorming and outlining.',
])('neither is given under %j', (rule) => {
  expect(policyOf(rule).allows).toEqual({ plan: false, feedback: false })
})

test('feedback may be given where planning is the student’s own', () => {
  const rule = 'It is forbidden to use AI for planning. You may use it to get feedback on the finished text.'
  expect(policyOf(rule).allows).toEqual({ plan: false, feedback: true })
})

test('silence allows both', () => {
  expect(policyOf('', SHEET).allows).toEqual({ plan: true, feedback: true })
})
