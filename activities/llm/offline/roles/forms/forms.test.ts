import { describe, expect, test } from 'vitest'

import { createArtefactGuard } from '../../../../roles/guard/guard-artefact.ts'
import { roleInputs } from '../../../../roles/examples/role-inputs.ts'
import { bareContext, bareDocument } from '../../../briefs/bare-assignment.ts'
import { distillOffline } from '../../distill/index.ts'
import { scaffoldOffline } from '../build-scaffold.ts'
import { discoverOffline } from '../discover.ts'

/** What the rules leave for every task of the plan they make of a text, by the title of the task. */
function artefactsOf(title: string, text: string) {
  const context = bareContext({ title }, 'UTC')
  const documents = [bareDocument(text)]
  const distilled = distillOffline({ context, documents })
  const making = roleInputs({ context, distilled, documents }).filter(
    ({ subject }) => subject.deliverable !== '',
  )
  return new Map(
    making.map((input) => [
      input.subject.title,
      {
        body: scaffoldOffline(input)
          .files.map(({ body }) => body)
          .join('\n'),
        open: discoverOffline(input).ambiguities.join('\n'),
      },
    ]),
  )
}

describe('the documents of a program', () => {
  const start = 'Write a program in C with source code and unit tests. The program must print a sum.\n\n'
  const title = 'Write how to build, run and use it'

  test('have the parts and the table the instructions list', () => {
    const text = `${start}# What to hand in\n\n- NOTES.md: 800 to 1,200 words: design, proof of R4, time spent, people.\n- In NOTES.md include one diagram of the file, and a table of at least five measurements: number of records, time, bytes before and after the run.\n`
    const { body = '' } = artefactsOf('Program', text).get(title) ?? {}
    for (const name of ['Design', 'Proof of R4', 'Diagram'])
      expect(body).toMatch(new RegExp(`^## \\d+\\. ${name}`, 'mu'))
    expect(body).toContain('| number of records | time | bytes before and after the run |')
    expect(body).not.toContain('- Build: ')
  })

  test('have what a stranger needs where the instructions list nothing', () => {
    const { body } = artefactsOf('Program', `${start}Write a README.\n`).get(title) ?? {}
    expect(body).toContain('- Build: ')
  })
})

describe('an essay', () => {
  const text =
    'Write an essay of 900 words in which you argue for a position. Include one counter-argument, answered with evidence. Use several sources. Include a bibliography that separates primary from secondary sources. Cite sources in MLA style. Ask me by email before December 3 if you are not sure.\n\nChoose one of these topics:\n\n- Parks at night\n- Flood walls\n'
  const artefacts = artefactsOf('Essay', text)

  test('begins with ideas and no demands', () => {
    const { body = '' } = artefacts.get('Note your first ideas') ?? {}
    expect(body).toContain('What you wonder')
    expect(body).not.toMatch(/Text 1|Source|bibliography/u)
  })

  test('is revised by what stands in it', () => {
    const { body = '' } = artefacts.get('Revise the argument') ?? {}
    const [before = ''] = body.split('## 2. ')
    expect(before).toContain('counter-argument')
    expect(body).not.toMatch(/by email|## \d+\. (?:Handing in|Rules)/u)
  })

  test('asks how many only where something is to be used', () => {
    const open = [...artefacts.values()].map((one) => one.open).join('\n')
    expect(open).toContain('How many are meant by “several”')
    expect(open).not.toContain('No number is given')
  })
})

test('the sheets for preparing and measuring hold no words that read like the work', () => {
  const guard = createArtefactGuard([])
  const lab = artefactsOf(
    'Lab report: Pendulum',
    'Write a lab report.\n\nComplete the preparation sheet.\n\nTake every measurement in Table 1.\n',
  )
  for (const title of ['Prepare for the measurements', 'Take the measurements']) {
    const { body } = lab.get(title) ?? {}
    expect(guard('core/sheet.md', body ?? '').map(({ text }) => text)).toEqual([])
    expect(body).toContain('## Done when')
  }
})

test.each([
  ['A record that is cut short must be dropped.', false],
  ['Write a short paper of 8 to 12 pages.', false],
  ['Read the full brief to the end.', false],
  ['Write a short introduction.', true],
])('what “%s” means by its measure is asked: %s', (text, isAsked) => {
  const open = [...artefactsOf('Report', `Write a report.\n\n${text}\n`).values()].map((one) => one.open)
  expect(open.join('\n').includes('from its opposite')).toBe(isAsked)
})
