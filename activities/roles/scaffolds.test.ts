import { expect, test } from 'vitest'

import { briefInputs } from './examples/role-inputs.ts'
import { askOf, workThrough } from './examples/work-through.ts'
import { createOfflineProvider } from '../llm/offline/provider.ts'
import { workGuide } from './work-phase.ts'

// What a student would print: read the files, they are the point of it all.
const SHOWN: readonly (readonly [brief: string, title: string, file: string])[] = [
  ['essay', 'Outline the argument', 'essay-outline.md'],
  ['programming', 'Build the required features in turn', 'program.md'],
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
