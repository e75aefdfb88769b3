import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const due = bareContext({ title: 'Essay 1', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context: due, documents: [bareDocument(text)] })
}

describe('distillOffline() for a student who reads no more than its lines', () => {
  test.each([
    [
      'Identify insects to family and put them back.',
      ['Identify insects to family', 'Identify insects to family and put them back'],
    ],
    [
      'Read at least one table closely. Reproduce it as a figure.',
      ['Read at least one table closely', 'Read at least one table closely. Reproduce it as a figure'],
    ],
    [
      'If you choose another city, ask me by email.',
      ['If you choose another city, ask your instructor by email'],
    ],
    ['Analysis, figures and text must be your own.', ['Analysis, figures and text must be your own']],
    ['The report is a short paper, 8 to 12 pages.', ['The report is a short paper, 8 to 12 pages']],
    ['The project practises testing what cannot be seen.', []],
    ['A rate needs a population.', []],
    ['Before you use one as evidence, take it apart.', ['Before you use one as evidence, take it apart']],
    [
      'You have one extension. To use it, write to me before the deadline; you need not give a reason.',
      [
        'You have one extension',
        'You have one extension. To use it, write to your instructor before the deadline',
      ],
    ],
    [
      '# Rules\n\n- Use version control.\n- The standard library only. For C, POSIX as well.',
      ['Use version control', 'The standard library only', 'The standard library only. For C, POSIX as well'],
    ],
    [
      '# What to submit\n\n1. A model test: 10,000 random commands; the answers must agree.\n2. A reflection: 300 words on it.',
      [
        'Include a model test: 10,000 random commands',
        'The answers must agree',
        'Include a reflection: 300 words on it',
      ],
    ],
    [
      'Start it as <program> <directory> and print the sum.',
      ['Start it as <program> <directory> and print the sum', 'Print the sum'],
    ],
    [
      '# Task\n\nFigure 1 must have a caption.\n\n- Figure 2: the raw data with labelled axes.',
      ['Figure 1 must have a caption', 'The raw data with labelled axes'],
    ],
    ['For groups of three, add a second case.', ['For groups of three, add a second case']],
    ['To get full marks, label every axis.', ['To get full marks, label every axis']],
    [
      'Rust code must pass the linter and contain no unsafe block.',
      ['Rust code must pass the linter', 'Rust code must contain no unsafe block'],
    ],
    [
      'The report must be typed and have a title page.',
      ['Type the report', 'The report must have a title page'],
    ],
    [
      'If you have to swap, find a partner and tell me 24 hours ahead.',
      ['If you have to swap, find a partner', 'If you have to swap, tell your instructor 24 hours ahead'],
    ],
    ['Ask early. You may then hand in with one visit.', ['Ask early', 'Ask early. Hand in with one visit']],
  ])('says what %j asks so that it can be read alone', (text, statements) => {
    expect(distil(`${text}\n`).requirements.map(({ statement }) => statement)).toEqual(statements)
  })

  test('keeps a demand with a name of its own whole, under its name and its section', () => {
    const { requirements } = distil(
      '# Requirements\n\n4.3 Compaction\nR11 A crash must leave either the old or the new set. Use rename.\nR12 It uses at most 64 MiB.\n',
    )
    const shown = requirements.map(({ statement, evidence, alternative_group }) => [
      statement,
      evidence.map(({ quote }) => quote),
      alternative_group,
    ])
    expect(shown).toEqual([
      [
        'R11: A crash must leave either the old or the new set. Use rename',
        ['R11 A crash must leave either the old or the new set. Use rename', '4.3 Compaction'],
        null,
      ],
      ['R12: It uses at most 64 MiB', ['R12 It uses at most 64 MiB', '4.3 Compaction'], null],
    ])
  })

  test.each([
    ['Run either a fast or a slow test on it.', 2],
    ['You discuss either Coady or Fricker.', 2],
    ['The third site is either the culvert or the mouth, your choice.', 2],
    ['The program must leave either the old or the new file.', 0],
  ])('offers in %j only what the student chooses', (text, options) => {
    const grouped = distil(`${text}\n`).requirements.filter((found) => found.alternative_group !== null)
    expect(grouped).toHaveLength(options)
  })

  test('reads tables: points of the parts, lengths of files, steps and when they are due', () => {
    const { requirements } = distil(
      [
        '# What to hand in\nsrc/\tthe program\nNOTES.md\t800 to 1,200 words: design\n',
        '# Milestones\nMilestone\tWhen\tWhat\nM1 Format\tThursday, in lab\tShow the encoder to your TA\n',
        '# Grading\nPart\tRequirements\tPoints\nTests\tSection 5\t30\nTotal\t\t30\n',
      ].join('\n'),
    )
    expect(requirements.map(({ kind, statement }) => `${kind} ${statement}`)).toEqual([
      'content Include src/: the program',
      'length Include NOTES.md: 800 to 1,200 words: design',
      'process M1 Format: Show the encoder to your TA, Thursday, in lab',
      'grading Tests (Section 5): 30 points',
    ])
  })

  test.each([
    ['Write 1,500 words.', true],
    ['Use at least five sources.', true],
    ['Submit one PDF.', true],
    ['Your program must never lose a write it has acknowledged.', true],
    ['No serialisation library is allowed.', true],
    ['If a tube breaks, you must leave the room.', false],
    ['Late work loses 5 points per day.', false],
    ['You have one 48-hour extension.', false],
    ['Explain why the current drops.', false],
    ['You should proofread.', false],
  ])('takes %j for hard: %j', (text, hard) => {
    expect(distil(`# Rules\n\n${text}\n`).requirements.some((found) => found.hard)).toBe(hard)
  })

  test('holds no more hard demands than one can hold in mind, the surest first', () => {
    const many = Array.from({ length: 30 }, (_, i) => `- You must handle the case of item${i}a.`)
    const { requirements } = distil(`${many.join('\n')}\n\nWrite 1,500 words.\n`)
    const hard = requirements.filter((found) => found.hard)
    expect(hard).toHaveLength(20)
    expect(hard.map(({ statement }) => statement)).toContain('Write 1,500 words')
  })

  test.each([
    [
      'You will write kvlog, a store that survives being killed.',
      'Write kvlog, a store that survives being killed.',
    ],
    [
      'In this experiment you measure the energy of mercury vapour.',
      'In this experiment you measure the energy of mercury vapour.',
    ],
    ['Rivers flood.', 'Complete “Essay 1”'],
  ])('takes the objective from %j', (text, objective) => {
    expect(distil(`${text}\n`).objective).toBe(objective)
  })
})
