import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Project 3', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
}

test('takes each row of a table of commands for something that the program must do, its answer unchanged', () => {
  const text =
    '# Commands\n\nThe program reads one command a line.\n\n| Command | Answer | Meaning |\n| --- | --- | --- |\n| put KEY VALUE | ok | Stores VALUE under KEY |\n| del KEY | ok or (none) | Removes KEY |\n| quit | none | Ends with exit code 0 |\n'
  const rows = distil(text).filter(({ statement }) => statement.includes('meaning'))
  expect(rows.map(({ kind, modality, statement }) => [kind, modality, statement])).toEqual([
    ['content', 'must', 'put KEY VALUE: answer ok; meaning Stores VALUE under KEY'],
    ['content', 'must', 'del KEY: answer ok or (none); meaning Removes KEY'],
    ['content', 'must', 'quit: answer none; meaning Ends with exit code 0'],
  ])
  for (const { evidence } of rows) expect(text).toContain(evidence[0]?.quote)
})

test.each([
  ['Endpoint', 'Response', 'GET /users', 'a list of users as JSON'],
  ['Flag', 'Effect', '-v', 'prints each step'],
  ['Function', 'Returns', 'area(shape)', 'the area in square metres'],
])('reads a table of %s and %s', (given, done, first, second) => {
  const [row] = distil(`# Task\n\n${given}\t${done}\n${first}\t${second}\nother\tnothing\n`)
  expect(row?.statement).toBe(`${first}: ${done.toLowerCase()} ${second}`)
})

test.each([
  ['Term', 'Meaning'],
  ['Method', 'Description'],
  ['City', 'Result'],
])('asks for nothing in a table of %s and %s', (given, done) => {
  expect(distil(`# Notes\n\n${given}\t${done}\nalpha\tthe first one\nbeta\tthe second one\n`)).toEqual([])
})
