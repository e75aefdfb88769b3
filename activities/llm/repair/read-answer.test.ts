import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { readAnswer } from './read-answer.ts'

const Shape = z.object({ name: z.string(), tags: z.array(z.string()) })
const GOOD = { name: 'a “quoted” name', tags: ['x', 'y'] }
const TEXT = JSON.stringify(GOOD)

describe('readAnswer()', () => {
  test.each([
    ['as it is', TEXT],
    ['in a fence', `\`\`\`json\n${TEXT}\n\`\`\``],
    ['within prose', `Sure! ${TEXT} Anything else?`],
    ['with a comma too many', `{"name":"a “quoted” name","tags":["x","y",],}`],
    ['with single quotes', `{'name':'a “quoted” name','tags':['x','y']}`],
    ['with a comment', `{"name":"a “quoted” name", /* two */ "tags":["x","y"]}`],
  ])('reads an object %s', (_, text) => {
    expect(readAnswer(text, Shape)).toEqual({ ok: true, answer: GOOD })
  })

  test.each([
    ['', 'no JSON object'],
    ['I cannot help with that.', 'no JSON object'],
    ['[]', 'received array'],
    ['{"name":7,"tags":[]}', 'name'],
    ['{"name":"a","tags":["x",7]}', 'tags.1'],
  ])('says what is wrong with %j', (text, named) => {
    const read = readAnswer(text, Shape)
    expect(read.ok ? '' : read.issues.join('\n')).toContain(named)
  })

  test('names a few faults, not all of a long answer', () => {
    const read = readAnswer(JSON.stringify({ name: 'a', tags: Array.from({ length: 500 }, () => 1) }), Shape)
    expect(read.ok ? 0 : read.issues.length).toBe(12)
  })

  test('reads back whatever fits the schema, and never throws on any text', () => {
    const fitting = fc.record({ name: fc.string(), tags: fc.array(fc.string()) })
    fc.assert(
      fc.property(fitting, (answer) => {
        expect(readAnswer(JSON.stringify(answer), Shape)).toEqual({ ok: true, answer })
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => typeof readAnswer(text, Shape).ok === 'boolean'))
  })
})
