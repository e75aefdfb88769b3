import { describe, expect, test } from 'vitest'

import { essayDistilled, quoteOf } from './examples/essay-assignment.ts'
import { draftEssay, minutesOf, taskOf, tasksOf } from './examples/draft-essay.ts'

describe('draftOffline() and time', () => {
  test('fits a short time honestly: less for every task, and a risk that says so', () => {
    const { plan } = draftEssay({ now: '2026-11-26T14:00:00Z' })
    const total = tasksOf(plan).reduce((sum, { estimated_effort }) => sum + minutesOf(estimated_effort), 0)
    expect(total).toBeLessThanOrEqual(13 * 60)
    expect(plan.risks[0]?.risk).toMatch(
      /^Work like this usually takes about \d+ h(?: \d+ min)?; this plan has room for about \d+ h(?: \d+ min)?\.$/,
    )
    expect(plan.milestones.at(-1)?.due_strategy).toMatch(
      /^By Thu 26 Nov, \d\d:\d\d \(America\/New_York\); \d h before the deadline/,
    )
  })

  test('still gives a plan minutes before the deadline, deep in the night', () => {
    const { plan } = draftEssay({ now: '2026-11-27T04:30:00Z' })
    expect(plan.milestones.at(-1)?.due_strategy).toMatch(/^By Thu 26 Nov, 23:\d\d /)
  })

  test('says that the deadline has passed and asks about late work', () => {
    const { plan } = draftEssay({ now: '2026-11-28T15:00:00Z' })
    expect(plan.milestones[0]?.due_strategy).toContain('has passed')
    expect(taskOf(plan, 'ask-instructor')?.description).toContain(
      'Is late work still accepted, and at what cost?',
    )
  })

  test('works towards the closing of Canvas when the due date has passed', () => {
    const { plan } = draftEssay({
      now: '2026-11-28T15:00:00Z',
      assignment: { lock_at: '2026-12-02T04:59:00Z' },
    })
    expect(plan.milestones.at(-1)?.due_strategy).toContain('before Canvas closes')
    expect(plan.risks.map(({ risk }) => risk).join('\n')).toContain(
      'Canvas still takes it until Tue 1 Dec 2026, 23:59',
    )
  })

  test('paces by days of work when Canvas has no due date', () => {
    const { plan } = draftEssay({ assignment: { due_at: null } })
    expect(plan.milestones[0]?.due_strategy).toMatch(
      /^No due date in Canvas: by the end of day 1 after you start/,
    )
    expect(JSON.stringify(plan.assignment_summary.hard_constraints)).not.toContain('Due ')
  })

  test('gives the parts of a discussion the dates of their checkpoints', () => {
    const checkpoints = [
      { tag: 'reply_to_topic', due_at: '2026-11-19T04:59:00Z', points: 5 },
      { tag: 'reply_to_entry', due_at: '2026-11-24T04:59:00Z', points: 5 },
    ]
    const { plan } = draftEssay({
      distilled: { genre: 'discussion', requirements: [], dates: [] },
      assignment: { due_at: null, checkpoints, submission_types: ['discussion_topic'] },
    })
    expect(plan.milestones.map(({ id }) => id)).toEqual(['understand', 'post', 'reply'])
    expect(plan.milestones[1]?.due_strategy).toContain(
      'Canvas sets a date of its own for this part: Wed 18 Nov 2026, 23:59',
    )
    expect(plan.milestones[1]?.due_strategy).toMatch(/^By (?:Mon 16|Tue 17) Nov, 20:00/)
  })
})

describe('draftOffline() after a rejection', () => {
  test('takes up the reason visibly, and gives more time when that was asked for', () => {
    const before = taskOf(draftEssay().plan, 'draft-body')
    const { plan } = draftEssay({ rejection: 'Not enough time for the draft' })
    expect(plan.risks[0]).toEqual({
      risk: 'The last plan was set aside: “Not enough time for the draft”',
      impact: 'The same fault may be here again.',
      mitigation: 'Changed here: Every task is given more time.',
    })
    expect(minutesOf(taskOf(plan, 'draft-body')?.estimated_effort ?? '')).toBeGreaterThan(
      minutesOf(before?.estimated_effort ?? ''),
    )
  })

  test('leaves out what can be left out when the plan was too long', () => {
    const { plan } = draftEssay({ rejection: 'Too many steps' })
    expect(tasksOf(plan).length).toBeLessThan(tasksOf(draftEssay().plan).length)
  })

  test('keeps more time free when it was too close to the deadline', () => {
    expect(draftEssay({ rejection: 'Please finish earlier' }).plan.milestones.at(-1)?.due_strategy).toContain(
      '4 days before',
    )
  })

  test('says so when no rule reads the reason', () => {
    expect(draftEssay({ rejection: 'I do not like it' }).plan.risks[0]?.mitigation).toContain(
      'No rule could take this up',
    )
  })
})

describe('draftOffline() and the dates of others', () => {
  test('begins on the next day what would end on the day of planning', () => {
    const { plan } = draftEssay({ now: '2026-11-05T13:30:00Z' })
    expect(plan.milestones[0]?.due_strategy).toMatch(/^By (?:Fri 6|Sat 7) Nov, /)
  })

  test("says of a date of the instructor's whether the plan comes before it or after", () => {
    const saidOf = (day: number): string => {
      const text = `November ${day}`
      const evidence = {
        ...quoteOf('Hand in a one-page outline by November 10'),
        quote: `Hand in an outline by ${text}`,
      }
      const dates = [{ text, iso_date: `2026-11-${day}`, agrees_with_canvas: null, evidence }]
      const { milestones } = draftEssay({ distilled: { dates } }).plan
      return milestones.map(({ due_strategy }) => due_strategy).find((said) => said.includes(text)) ?? ''
    }
    expect(saidOf(10)).toMatch(/^By \w+ (?:18|19|20) Nov, .*; your instructor's own date comes first: “/)
    expect(saidOf(25)).toMatch(/^By \w+ (?:18|19|20) Nov, .*; in time for your instructor's own date: “/)
  })

  test('takes a date to ask by for no deadline: it is no conflict with Canvas and no date of the work', () => {
    const quote = 'If you would like another pair, ask me by email before November 12'
    const evidence = { ...quoteOf('Take a position'), quote }
    const asking = essayDistilled.requirements.slice(0, 1).map((first) => ({
      ...first,
      id: 'asking',
      kind: 'process' as const,
      statement: quote,
      quantities: [],
      hard: false,
      evidence: [evidence],
    }))
    const { plan } = draftEssay({
      distilled: {
        requirements: [...essayDistilled.requirements, ...asking],
        dates: [{ text: 'November 12', iso_date: '2026-11-12', agrees_with_canvas: false, evidence }],
      },
    })
    const said = JSON.stringify(plan)
    expect(said).not.toContain('Canvas says')
    expect(said).not.toContain('Which date counts')
    expect(plan.milestones[0]?.due_strategy).toContain(
      `with a date to ask by, if it concerns you: “${quote}”`,
    )
  })
})
