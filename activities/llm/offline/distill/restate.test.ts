import { expect, test } from 'vitest'

import { asLine } from '../draft/restate.ts'
import { restate } from './restate.ts'

test.each([
  ['make test must run all of them', null, 'make test must run all of them.'],
  ['Rust 1.75 or newer', 'write', 'Write Rust 1.75 or newer.'],
  ['Twelve sources', 'use', 'Use twelve sources.'],
  [
    'One archive kvlog.tar.gz that unpacks to this: kvlog/',
    null,
    'One archive kvlog.tar.gz that unpacks to this: kvlog/ with what the source lists in it.',
  ],
])('“%s” behind %j reads: %s', (clause, lead, line) => {
  expect(asLine({ statement: restate(clause, lead, false) })).toBe(line)
})
