import { describe, expect, test } from 'vitest'

import { briefInputs } from './examples/role-inputs.ts'
import { askOf, workThrough } from './examples/work-through.ts'
import { createOfflineProvider } from '../llm/offline/provider.ts'
import { workGuide } from './work-phase.ts'

// What a student would print: read the files, they are the point of it all.
const SHOWN: readonly (readonly [brief: string, title: string, file: string])[] = [
  ['essay', 'Outline the argument', 'essay-outline.md'],
  ['programming', 'Build the required features in turn', 'program-in-words.md'],
  ['programming', 'List inputs, outputs and edge cases', 'table-of-cases.md'],
  ['lab-report', 'Draft results and discussion', 'lab-report.md'],
  ['lab-report', 'Bring data and lab notes together', 'measurements.csv'],
  ['presentation', 'Make the slides', 'slides.md'],
  ['discussion', 'Write your first post', 'post.md'],
  ['bibliography', 'Set up the entries', 'bibliography.md'],
]
const GUIDES: readonly (readonly [brief: string, task_type: string, file: string])[] = [
  ['essay', 'read_sources', 'reading-guide.md'],
  ['essay', 'settle_risk', 'risk-card.md'],
  ['essay', 'final_check', 'check-card.md'],
]

const INPUTS = briefInputs()

test.each(SHOWN)('%s: the scaffold of “%s” is %s', async (brief, title, file) => {
  const input = INPUTS.get(brief)?.find(({ subject }) => subject.title.startsWith(title))
  if (input === undefined) throw new TypeError(`no task ${title}`)
  const { files } = await workThrough(input)
  await expect(files.map(({ body }) => body).join('\n')).toMatchFileSnapshot(`fixtures/${file}`)
})

test.each(GUIDES)('%s: what a task of %s leaves is %s', async (brief, task_type, name) => {
  const input = INPUTS.get(brief)?.find(({ subject }) => subject.task_type === task_type)
  if (input === undefined) throw new TypeError(`no task ${task_type}`)
  const { file } = await workGuide(input, askOf(createOfflineProvider()))
  await expect(file.body).toMatchFileSnapshot(`fixtures/${name}`)
})

test('programming: where AI tools may write code, the scaffold is program.md', async () => {
  const input = INPUTS.get('programming')?.find(({ subject }) => subject.title.startsWith('Build the req'))
  if (input === undefined || input.assignment === null) throw new TypeError('no task of building')
  const { files } = await workThrough({
    ...input,
    assignment: { ...input.assignment, ai_policy: { level: 5, evidence: [] } },
    requirements: input.requirements.filter(({ kind }) => kind !== 'policy'),
  })
  await expect(files.map(({ body }) => body).join('\n')).toMatchFileSnapshot('fixtures/program.md')
})

describe('a risk card and a check card', () => {
  const ticked = (body: string): readonly string[] => {
    const [parts = ''] = body.split('## Done when')
    return parts.match(/^- \[ \] .*$/gm) ?? []
  }
  const cards = async (brief: string, task_type: string) => {
    const inputs = INPUTS.get(brief)?.filter(({ subject }) => subject.task_type === task_type) ?? []
    const bodies = await Promise.all(
      inputs.map(async (input) => (await workGuide(input, askOf(createOfflineProvider()))).file.body),
    )
    return inputs.map(({ subject, requirements }, at) => {
      const named = new Set(subject.requirement_ids)
      const own = requirements.filter(({ id }) => named.has(id))
      return { title: subject.title, own, lines: ticked(bodies[at] ?? '') }
    })
  }

  test.each([...INPUTS.keys()])('of %s tick no more than their line rests on', async (brief) => {
    const all = [...(await cards(brief, 'settle_risk')), ...(await cards(brief, 'final_check'))]
    const linked = all.filter(({ own }) => own.length > 0)
    expect(linked).not.toEqual([])
    for (const { own, lines } of linked) expect(lines.length).toBeLessThanOrEqual(own.length)
  })

  test('of a risk of every such work ticks nothing', async () => {
    const [evening] = (await cards('programming', 'settle_risk')).filter(({ title }) =>
      title.startsWith('A single stubborn error'),
    )
    expect(evening?.lines).toEqual([])
  })
})

describe('a reading guide', () => {
  const guides = async () => {
    const inputs = [...INPUTS.values()].flatMap((own) =>
      own.filter(({ subject }) => subject.task_type === 'read_sources'),
    )
    return Promise.all(
      inputs.map(async (input) => (await workGuide(input, askOf(createOfflineProvider()))).file.body),
    )
  }

  test('counts of each document what it lists', async () => {
    for (const body of await guides()) {
      const sections = body.split(/^## /m).filter((section) => section.includes('Find in it'))
      expect(sections).not.toEqual([])
      for (const section of sections) {
        const [, said = ''] = /Find in it (one|\d+) demands?\./.exec(section) ?? []
        const listed = section.match(/^- \[ \] /gm)?.length
        expect(listed).toBe(said === 'one' ? 1 : Number(said))
      }
    }
  })

  test("tells a time of Canvas in the student's zone, and the same wherever it is said again", async () => {
    const input = INPUTS.get('essay')?.find(({ subject }) => subject.task_type === 'read_sources')
    if (input === undefined) throw new TypeError('no task of reading')
    const [first] = input.requirements
    if (first === undefined || input.assignment === null) throw new TypeError('no requirement')
    const due = { ...first, statement: 'Hand in the assignment by 2026-12-15T04:59:59Z', criterion_id: null }
    const { file } = await workGuide(
      {
        ...input,
        subject: { ...input.subject, requirement_ids: [first.id] },
        assignment: { ...input.assignment, time_zone: 'America/New_York' },
        requirements: [due],
      },
      askOf(createOfflineProvider()),
    )
    expect(file.body).toContain('Hand in the assignment by Mon 14 Dec 2026, 23:59 (America/New_York).')
    expect(file.body).not.toContain('2026-12-15T')
  })
})
