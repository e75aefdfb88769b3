import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from '../distill/index.ts'
import { draftOffline } from './draft-offline.ts'
import { ESSAY_NOW } from './examples/essay-assignment.ts'

function planOf(title: string, text: string, isGroup = false) {
  const context = bareContext({ title, group: isGroup }, 'UTC')
  const distilled = distillOffline({ context, documents: [bareDocument(text)] })
  return draftOffline({ context, distilled, now: ESSAY_NOW, rejection_reason: null }).plan
}

/** The id of the task whose description holds some words. */
function homeOf(plan: ReturnType<typeof planOf>, words: string): string | undefined {
  const tasks = plan.milestones.flatMap((milestone) => milestone.tasks)
  return tasks.find(({ description }) => description.includes(words))?.id
}

const LAB = `# Lab report: Pendulum

Write a lab report with an abstract, methods and results.

## Before the lab

Complete the preparation sheet. Without it you may not start.

1. Explain why the period does not depend on the mass.
2. Estimate the period of a pendulum of 1 m.

## Measurements

Take every measurement in Table 1. Record raw values in the laboratory book, in ink. Wait 15 minutes after each change.

## Safety

Never work alone. Do not touch the laser.

## Report

Plot the period against the length. Discuss the largest uncertainty.
`

describe('a report on measurements of one’s own', () => {
  const plan = planOf('Lab report: Pendulum', LAB)

  test.each([
    ['Complete the preparation sheet', 'prepare-lab'],
    ['Explain why the period does not depend on the mass', 'prepare-lab'],
    ['Estimate the period of a pendulum', 'prepare-lab'],
    ['Never work alone', 'prepare-lab'],
    ['Take every measurement in Table 1', 'take-measurements'],
    ['in ink', 'take-measurements'],
    ['Wait 15 minutes', 'take-measurements'],
    ['Plot the period against the length', 'make-figures'],
  ])('has “%s” in %s', (words, task) => {
    expect(homeOf(plan, words)).toBe(task)
  })

  test('prepares before it measures, and measures before it analyses and drafts', () => {
    const ids = plan.milestones.flatMap(({ tasks }) => tasks.map(({ id }) => id))
    const order = ['prepare-lab', 'take-measurements', 'analyse-data', 'draft-results']
    expect(ids.filter((id) => order.includes(id))).toEqual(order)
    expect(ids).not.toContain('collect-data')
  })

  test('does not ask at the end for what is over by then', () => {
    const checklist = plan.submission_strategy.final_checklist.join('\n')
    expect(checklist).toContain('Plot the period against the length')
    expect(checklist).not.toMatch(/work alone|preparation sheet|Wait 15/)
  })
})

test('a report on data that are given asks for no preparation and no measurements', () => {
  const plan = planOf('Lab report', 'Write a lab report on the data in the file. Plot the results.')
  const ids = plan.milestones.flatMap(({ tasks }) => tasks.map(({ id }) => id))
  expect(ids).toContain('collect-data')
  expect(ids.filter((id) => id === 'prepare-lab' || id === 'take-measurements')).toEqual([])
  expect(plan.milestones.map(({ id }) => id)).not.toContain('measure')
})

const PROGRAM = `Write a program in C or in Python. Work alone or with one partner.

4.1 Log format
R1 Each record must start with a sum.
R2 Keys must be short.

4.2 Recovery
R3 A bad record must be refused.

5 Milestones
Show the encoder to your TA (R1 to R2) on Thursday of Week 10.

6 Hand in
In NOTES.md include one diagram of the file. Put the report in coverage/.
`

describe('a program with named demands', () => {
  const plan = planOf('Program: a log', PROGRAM, true)

  test('tells each series of them in one line that must hold, in the order of the sheet', () => {
    expect(plan.assignment_summary.hard_constraints).toContain(
      'Log format: R1: Each record must start with a sum. R2: Keys must be short.',
    )
    expect(plan.submission_strategy.final_checklist).toContain('R3: A bad record must be refused.')
  })

  test('puts what is shown on the way to the part it shows, and a diagram to its document', () => {
    expect(homeOf(plan, 'Show the encoder')).toBe('build-log-format')
    expect(homeOf(plan, 'include one diagram')).toBe('write-documentation')
  })

  test('lets the student decide whether to work alone', () => {
    const roles = plan.milestones.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'agree-roles')
    expect(roles?.title).toBe('Decide whether you work alone, and agree who does what')
  })
})

const ESSAY = `Write an essay of 900 to 1,200 words. Include a thesis, stated in the first two paragraphs.
Use at least four sources. Encyclopedias do not count toward the four sources. No author-date citations.
Use MLA style. No links to shared documents. Put the word count under your title.
Bring two printed copies of your opening page to class.
`

describe('the final checklist of an essay', () => {
  const plan = planOf('Essay', ESSAY)
  const checklist = plan.submission_strategy.final_checklist

  test.each([
    'stated in the first two paragraphs',
    'do not count toward the four sources',
    'No author-date citations',
    'No links to shared documents',
    'ut the word count under your title',
  ])('holds “%s” once, and so do the constraints', (words) => {
    expect(checklist.filter((line) => line.includes(words))).toHaveLength(1)
    expect(plan.assignment_summary.hard_constraints.join('\n')).toContain(words)
  })

  test('has what one look shows in one line', () => {
    expect(checklist).toContain('Citations: No author-date citations. Use MLA style.')
  })

  test('and the opening page is brought when it is written', () => {
    expect(homeOf(plan, 'printed copies')).toBe('draft-frame')
  })
})

test('a rule of the course on what must be one’s own is a constraint and is ticked', () => {
  const context = bareContext({ title: 'Report' }, 'UTC')
  const rule = 'Analysis, figures and the text of the discussion must be your own'
  const documents = [
    bareDocument('Write a report of 900 words.'),
    bareDocument(
      `AI tools may be used for planning. ${rule}.`,
      'syllabus',
      '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
    ),
  ]
  const distilled = distillOffline({ context, documents })
  const { plan } = draftOffline({ context, distilled, now: ESSAY_NOW, rejection_reason: null })
  expect(plan.assignment_summary.hard_constraints).toContain(`${rule}.`)
  expect(plan.submission_strategy.final_checklist.join('\n')).toContain(`${rule}.`)
})
