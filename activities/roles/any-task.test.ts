import fc from 'fast-check'
import { expect, test } from 'vitest'

import { LONGEST_RESULT } from '../../contract/phase-results.ts'
import { anyAssignment } from '../verify/examples/any-assignment.ts'
import { readComponent } from './component.ts'
import { roleInputs } from './examples/role-inputs.ts'
import { releaseThrough, workThrough } from './examples/work-through.ts'
import { MOST_LEAVES } from './flatten-request.ts'
import { createArtefactGuard } from './guard/guard-artefact.ts'
import { knownWords } from './guard/known-words.ts'
import { readRequest } from './read-request.ts'
import type { RoleInput } from './role-input.ts'

const anyTask = fc
  .tuple(anyAssignment, fc.nat(), fc.constantFrom(null, 'py', 'ts', 'csv', 'json', 'tex', 'html', 'bib', 'c'))
  .map(([assignment, at, extension]): RoleInput | null => {
    const making = roleInputs(assignment).filter(({ subject }) => subject.deliverable !== '')
    const input = making[at % Math.max(1, making.length)]
    if (input === undefined) return null
    const [path] = input.subject.target_paths
    const target = extension === null ? path : path.replace(/\.\w+$/, `.${extension}`)
    return { ...input, subject: { ...input.subject, target_paths: [target] } }
  })
  .filter((input) => input !== null)

/** What has to hold of a build whatever it was given. */
async function holds(input: RoleInput): Promise<void> {
  const done = await workThrough(input)
  const { planning, testing, implementation, verification } = done.results
  expect(done.files.map(({ path }) => path)).toEqual([...input.subject.target_paths])
  const guard = createArtefactGuard(knownWords(done))
  expect(done.files.flatMap(({ path, body }) => guard(path, body))).toEqual([])
  expect(testing?.test_results.filter(({ passed }) => !passed)).toEqual([])
  const tested = testing?.test_results.length ?? 0
  expect(tested).toBeGreaterThan(planning?.implementation_plan.success_criteria.length ?? 0)
  const amounts = (planning?.implementation_plan.components ?? []).flatMap(
    (text) => readComponent(text).amount ?? [],
  )
  expect(new Set(amounts.map(({ unit }) => unit)).size).toBeLessThan(2)
  const unready = verification?.verification_report.readiness.filter((line) => line.startsWith('Not ready'))
  expect(unready).toEqual([])
  for (const result of [planning, testing, implementation, verification])
    expect(JSON.stringify(result).length).toBeLessThanOrEqual(LONGEST_RESULT)
}

test('a task of any assignment, in any format, comes through all phases to its one target', async () => {
  await fc.assert(
    fc.asyncProperty(anyTask, async (input) => {
      await holds(input)
      expect(await releaseThrough(await workThrough(input))).toMatchObject({ kind: 'released' })
    }),
    { numRuns: 25 },
  )
})

const anyRequest = fc.dictionary(
  fc.oneof(
    fc.constantFrom('title', 'description', 'deliverable', 'features', 'max_words', 'language', 'files'),
    fc.constantFrom('acceptance_criteria', 'constraints', 'minutes'),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
  ),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
  { maxKeys: 8 },
)

const asInput = (requirements: Record<string, unknown>): RoleInput => ({
  ...readRequest({ build_id: 'b-1', requirements }),
  earlier: [],
  results: {},
  files: [],
  sent_back: null,
  attempt: 1,
})

test('any JSON object is a request that can be worked', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const input = asInput(request)
      expect(input.subject.title).toMatch(/\S/)
      await holds(input)
    }),
    { numRuns: 50 },
  )
})

test('a request far too large is bounded, and still comes through', async () => {
  const items = Array.from({ length: 2_000 }, (_, at) => `Handle case number ${at} of the list with care`)
  const input = asInput({ title: 'Too much', features: items, text: 'long '.repeat(10_000) })
  expect(input.requirements).toHaveLength(MOST_LEAVES - 1)
  await holds(input)
})

test('a request is read as statements under their keys, each quoted from itself', async () => {
  const input = asInput({
    title: 'Word counter',
    language: 'Python',
    output: 'A command-line tool that counts words',
    limits: { max_words: 500, max_minutes: 3 },
    features: ['Read a file given as argument', 'Print the ten most frequent words'],
    acceptance_criteria: ['Exit with status 2 when the file cannot be read'],
    files: ['src/count.py', '../outside.py'],
  })
  expect(input.subject).toMatchObject({
    title: 'Word counter',
    target_paths: ['src/count.py'],
    validation: [{ of: 'acceptance_criterion', text: 'Exit with status 2 when the file cannot be read' }],
  })
  expect(input.requirements.map(({ statement }) => statement)).toEqual([
    'Language: Python',
    'A command-line tool that counts words',
    'Limits › max words: 500',
    'Limits › max minutes: 3',
    'Read a file given as argument',
    'Print the ten most frequent words',
    'Exit with status 2 when the file cannot be read',
  ])
  const text = input.documents[0]?.text ?? ''
  for (const { evidence } of input.requirements) {
    const [quote] = evidence
    expect(text.slice(quote?.start ?? 0, quote?.end ?? 0)).toBe(quote?.quote)
  }
  expect(input.requirements[2]?.quantities).toEqual([
    { text: '500', value: 500, upper: null, unit: 'words', bound: 'at_most' },
  ])
  const { files } = await workThrough(input)
  expect(files[0]?.body).toContain('def test_read_a_file_given_as_argument():')
})
