import { stripTypeScriptTypes } from 'node:module'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findSyntaxFault } from '../../../llm/offline/roles/checks/find-syntax-fault.ts'
import { workingLines } from '../../guard/working-code.ts'
import { readTexts } from '../../guard/read-texts.ts'
import type { Scaffold } from '../scaffold.ts'
import { languageOf } from './languages.ts'
import { writeScaffold } from '../write-scaffold.ts'

const EXTENSIONS =
  'md py js ts rb php r m c h cpp java cs kt go rs hs tex html xml svg css sql yaml yml csv json bib'.split(
    ' ',
  )

// What might close a comment, begin a string, or end a line in some language.
const nasty = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom(
    '*/ int main() {}',
    '?> <script>',
    '--> <b>',
    'ends in a backslash \\',
    '\\u000a System.exit(1);',
    '"""',
    "'''",
    '``` sh',
    '# coding: utf-7',
    '%} {%',
    'a\nb\r\nc\u2028d',
    'one, "two"; three',
    '@misc{x,',
    '{ [ (',
  ),
)

const scaffold = fc
  .record({
    title: nasty,
    said: fc.array(nasty, { maxLength: 5 }),
    name: fc.constantFrom('load', 'save_all'),
  })
  .map(({ title, said, name }): Scaffold => ({
    title,
    made_by: 'Made by rules.',
    facts: said.map((value) => ({ label: 'Fact', value })),
    use: title,
    came_back: null,
    demands: said.map((text) => ({ text, source: title, quote: text })),
    rubric: [],
    sections: said.map((text, at) => ({
      name: `Part ${at + 1}`,
      amount: null,
      purpose: text,
      asks: [text],
      demands: [],
      slots: [text],
    })),
    total: null,
    grid: null,
    code: {
      language: null,
      files: [],
      names: [`${name}(path, limit)`],
      signatures: [{ kind: 'function', name, parameters: ['path', 'limit'], typed: null }],
      tests: said.map((shows, at) => ({ name: `test_${at + 1}`, shows })),
      planned: said,
    },
    criteria: said,
    beside: [],
    open: said,
    earlier: said,
  }))

describe.each(EXTENSIONS)('a scaffold in .%s', (extension) => {
  const path = `core/001-thing.${extension}`

  test('keeps the rules of its format and does nothing, whatever words it is given', () => {
    fc.assert(
      fc.property(scaffold, (given) => {
        const body = writeScaffold(given, path)
        expect(findSyntaxFault(path, body)).toBeNull()
        expect(workingLines(readTexts(path, body).code)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

test.each(['js', 'ts'])('a scaffold in .%s is parsed by a real parser', (extension) => {
  fc.assert(
    fc.property(scaffold, (given) => {
      const body = writeScaffold(given, `core/001-thing.${extension}`)
      expect(() => stripTypeScriptTypes(body)).not.toThrow()
    }),
    { numRuns: 60 },
  )
})

const DECLARED: readonly (readonly [extension: string, typed: string])[] = [
  ['c', 'int count(const char *text, int limit)'],
  ['cpp', 'void save(void)'],
  ['java', 'public static int count(String text, List<String> words)'],
  ['cs', 'int Count(string text)'],
  ['kt', 'fun count(text: String): Int'],
  ['go', 'func count(text string) int'],
  ['rs', 'fn count(text: &str) -> usize'],
]
const FAMILIES = [['c', 'cpp'], ['java', 'cs'], ['kt'], ['go'], ['rs']]

test.each([...DECLARED, ['none', 'Implement load(path: str) -> list']] as const)(
  'what is declared as in .%s becomes a stub there, and a line to read in a language that reads otherwise: %s',
  (extension, typed) => {
    const signature = { kind: 'function', name: 'count', parameters: [], typed } as const
    const stubbed = DECLARED.map(([other]) => other).filter(
      (other) => (languageOf(other)?.stub?.(signature) ?? null) !== null,
    )
    const family = FAMILIES.find((each) => each.includes(extension)) ?? []
    expect(stubbed.filter((other) => !family.includes(other))).toEqual([])
    expect(stubbed.includes(extension)).toBe(extension !== 'none')
  },
)

test('code that computes, decides or answers is told from stubs', () => {
  const solutions = [
    'return x + 1',
    'total = 0',
    'for line in open(path):',
    'print("done")',
    'if (a > b) {',
    'const x = 3;',
    'std::cout << "hi";',
  ]
  expect(workingLines(solutions)).toEqual(solutions)
})
