import { expect, test } from 'vitest'

import { briefInputs } from '../../../../roles/examples/role-inputs.ts'
import { guideOffline } from '../guide.ts'

const cards = [...briefInputs().values()]
  .flat()
  .filter(({ subject }) => subject.task_type === 'final_check')
  .map((input) => ({ line: input.subject.title, body: guideOffline(input).body }))

test('every card of a final check says when it is done', () => {
  expect(cards.filter(({ body }) => !body.includes('## Done when\n\n- [ ] You '))).toEqual([])
})

test.each([
  [/^Due /u, 'When will you upload', 'What to mend'],
  [/^Choose one of: /u, 'Which one did you take', 'Mend nothing'],
  [/^Rubric “/u, 'Which place of the work would you show', 'When will you upload'],
  [/^Hand in as: /u, 'What are the files called', 'Which place of the work'],
  [/^(?:Sources: |Use at least five sources)/u, 'Which of your sources count', 'Which place of the work'],
])('a line that matches %s asks “%s”', (sign, asked, notAsked) => {
  const own = cards.filter(({ line }) => sign.test(line))
  expect(own).not.toEqual([])
  for (const { body } of own) {
    expect(body).toContain(asked)
    expect(body).not.toContain(notAsked)
  }
})
