import { describe, expect, test } from 'vitest'

import { Assessment } from '../../contract/feedback.ts'
import {
  essayContext,
  essayDistilled,
  essayDocuments,
  ESSAY_NOW,
} from '../llm/offline/draft/examples/essay-assignment.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import { adviseOffline } from '../llm/offline/feedback/advise-offline.ts'
import { assessOffline } from '../llm/offline/feedback/assess-offline.ts'
import { checkRules } from './check-rules.ts'
import { LATER } from './scope.ts'

const { plan, links } = draftOffline({
  context: essayContext,
  distilled: essayDistilled,
  now: ESSAY_NOW,
  rejection_reason: null,
})
const plan_evidence = links.flatMap(({ pointer, requirement_ids }) =>
  requirement_ids.flatMap((id) =>
    (essayDistilled.requirements.find((one) => one.id === id)?.evidence ?? []).map((one) => ({
      pointer,
      ...one,
    })),
  ),
)
const OUTLINE =
  '1. The Rhine at Basel (Abel 2001)\n2. The Rhine at Rotterdam\n3. Which is better prepared\n\nI will argue that Rotterdam is.'

/** Feedback on a text for the milestone that has this place in the plan. */
function giveFor(order: number, text: string) {
  const milestone = plan.milestones.find((one) => one.order === order) ?? null
  const submission = {
    document_id: '5b0c4e52-8c0c-4e8e-9a53-0a2b6b6d9f11',
    name: 'Outline',
    text,
    pages: [],
    file: null,
  }
  const given = {
    target: { type: 'milestone', id: milestone?.id ?? '' } as const,
    milestone,
    plan,
    plan_evidence,
    distilled: essayDistilled,
    context: essayContext,
    submission,
    documents: essayDocuments,
  }
  const checks = [...checkRules(given)]
  const assessment = Assessment.parse({ checks, ...assessOffline({ ...given, checks }) })
  return { checks, advice: adviseOffline({ ...given, checks, assessment }) }
}

const orderOf = (requirement: string): number => {
  const at = links.find(
    ({ pointer, requirement_ids }) =>
      pointer.startsWith('/milestones/') && requirement_ids.includes(requirement),
  )
  return Number(at?.pointer.split('/')[2] ?? Number.NaN) + 1
}

describe('work for a milestone on the way', () => {
  const { checks, advice } = giveFor(orderOf('length'), OUTLINE)

  test('what it does not have yet is news, and no fix', () => {
    const length = checks.find(({ requirement_id }) => requirement_id === 'length')
    expect(length).toMatchObject({ outcome: 'not_assessed', hard: true })
    expect(length?.observation).toMatch(/^So far: The text has \d+ words.*fewer than asked for/)
    expect(advice.required_fixes).toEqual([])
    expect(advice.next_actions.map(({ text }) => text).join('\n')).toMatch(/Still to come: Write an essay/)
  })

  test('rules it is not held to yet are named, and not looked at', () => {
    const later = checks.filter(({ observation }) => observation === LATER)
    expect(later.map(({ requirement_id }) => requirement_id)).toContain('mla')
    expect(later.every(({ outcome }) => outcome === 'not_assessed')).toBe(true)
    const said = advice.next_actions
      .map(({ text }) => text)
      .find((text) => text.startsWith('Not looked at yet'))
    expect(said).toMatch(/Cite in MLA style.*Send the whole work/)
  })

  test('what is forbidden is forbidden on the way too', () => {
    const found = giveFor(orderOf('no-encyclopedia'), `${OUTLINE}\n\nAccording to Wikipedia it is so.`)
    expect(found.advice.required_fixes.map(({ text }) => text).join('\n')).toMatch(/Wikipedia/)
  })
})

test('work for the last milestone is held to every rule', () => {
  const { checks, advice } = giveFor(plan.milestones.length, OUTLINE)
  expect(checks.some(({ observation }) => observation === LATER)).toBe(false)
  expect(advice.required_fixes.map(({ text }) => text).join('\n')).toMatch(/fewer than asked for/)
})
