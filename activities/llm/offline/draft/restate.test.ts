import { expect, test } from 'vitest'

import { asLine } from './restate.ts'

test.each([
  ['put KEY VALUE: answer ok', 'put KEY VALUE: answer ok.'],
  ['open <file>: shows it', 'open <file>: shows it.'],
  ['list [all]: prints one a line', 'list [all]: prints one a line.'],
  ['make test must run all of them', 'make test must run all of them.'],
  ['print the seed', 'Print the seed.'],
  ['use MLA: the ninth edition', 'Use MLA: the ninth edition.'],
  ['cite in MLA: the ninth edition', 'Cite in MLA: the ninth edition.'],
])('what is typed keeps its small letter in a line of the plan: %j', (statement, line) => {
  expect(asLine({ statement })).toBe(line)
})
