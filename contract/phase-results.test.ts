import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { WorkingState } from './machines/handoff-machine.ts'
import { readVerdict } from './handoff/verdict.ts'
import {
  AckResult,
  FailureResult,
  implementationResult,
  LONGEST_RESULT,
  PHASE_RESULTS,
  type PhaseResult,
} from './phase-results.ts'

const line = fc.oneof(
  fc.constantFrom('Write 1,500 words', 'Größe prüfen', '数学', ' a ', '`main.py`'),
  fc.string({ minLength: 1, maxLength: 60 }).filter((text) => /\S/.test(text) && !text.includes('\0')),
)
const lines = fc.array(line, { maxLength: 5 })
const someLines = fc.array(line, { minLength: 1, maxLength: 5 })
const segment = fc.stringMatching(/^[a-z0-9_-]{1,8}$/)
const path = fc
  .tuple(fc.array(segment, { maxLength: 2 }), segment, fc.constantFrom('md', 'py', 'tar.gz'))
  .map(([folders, name, extension]) => [...folders, `${name}.${extension}`].join('/'))
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/)
const distinct = (of: fc.Arbitrary<string>) =>
  fc.uniqueArray(of, { minLength: 1, maxLength: 4, selector: (text) => text.toLowerCase() })

const ack = fc.record({ accepted: fc.constant(true as const), notes: line }, { requiredKeys: ['accepted'] })
const code = distinct(path).chain((paths) =>
  fc.tuple(...paths.map((path) => fc.record({ path: fc.constant(path), sha256, summary: line }))),
)
const implementation = fc.record(
  { code, test_cases: someLines, docs: line, changes: line },
  { requiredKeys: ['code', 'test_cases'] },
)

type Results = { readonly [S in WorkingState]: fc.Arbitrary<PhaseResult<S>> }

const RESULTS: Results = {
  discovery: fc.record({ requirements: someLines, ambiguities: lines, risks: lines }),
  planning: fc.record({
    implementation_plan: fc.record({
      components: someLines,
      test_strategy: line,
      timeline: line,
      success_criteria: distinct(line),
    }),
    requirements: someLines,
  }),
  handoff_to_coder: ack,
  implementation,
  handoff_to_tester: ack,
  testing: fc
    .record({
      test_results: fc.array(fc.record({ criterion: line, passed: fc.boolean(), note: line }), {
        minLength: 1,
        maxLength: 4,
      }),
      test_coverage: fc.double({ min: 0, max: 100, noNaN: true }),
      passed: fc.boolean(),
    })
    .map(({ passed, ...rest }) => ({
      ...rest,
      passed: passed && rest.test_coverage >= 80 && rest.test_results.every((result) => result.passed),
    })),
  handoff_to_verifier: ack,
  verification: fc.record({
    verification_report: fc.record({
      security: line,
      performance: line,
      architecture: line,
      documentation: line,
      readiness: someLines,
    }),
    approved_for_deployment: fc.boolean(),
  }),
  handoff_to_releaser: ack,
  deployment: fc.record({
    target_files: distinct(path),
    smoke_test: fc.record({ passed: fc.boolean(), note: line }),
    released_at: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  }),
}
const STATES = Object.keys(RESULTS) as WorkingState[]

// These may be missing or hold nothing: an acknowledgement need say no more, and not all work has doubts.
const MAY_BE_MISSING = new Set(['notes', 'docs', 'changes'])
const MAY_BE_EMPTY = new Set(['ambiguities', 'risks'])

/** Everything that is one step from a value: a key fewer, a key more, a string or an array emptied. */
function damaged(value: unknown, key = ''): readonly { readonly how: string; readonly value: unknown }[] {
  if (typeof value === 'string') {
    return [
      { how: `blank ${key}`, value: ' \n' },
      { how: `NUL in ${key}`, value: `${value}\0` },
      { how: `half a character in ${key}`, value: `${value}\uD800` },
    ]
  }
  if (Array.isArray(value)) {
    const inner = value.flatMap((item, index) =>
      damaged(item, key).map(({ how, value: bad }) => ({ how, value: value.with(index, bad) })),
    )
    return MAY_BE_EMPTY.has(key) ? inner : [{ how: `empty ${key}`, value: [] }, ...inner]
  }
  if (typeof value !== 'object' || value === null) return [{ how: `null ${key}`, value: null }]
  const entries = Object.entries(value)
  return [
    { how: `unknown key in ${key}`, value: { ...value, extra: 'x' } },
    ...entries
      .filter(([name]) => !MAY_BE_MISSING.has(name))
      .map(([name]) => ({
        how: `without ${name}`,
        value: Object.fromEntries(entries.filter(([other]) => other !== name)),
      })),
    ...entries.flatMap(([name, item]) =>
      damaged(item, name).map(({ how, value: bad }) => ({ how, value: { ...value, [name]: bad } })),
    ),
  ]
}

describe.each(STATES)('the result of %s', (state) => {
  const schema = PHASE_RESULTS[state]

  test('is accepted and reads back equal, whatever it says', () => {
    fc.assert(
      fc.property(RESULTS[state], (result) => {
        expect(schema.parse(result)).toEqual(result)
        expect(JSON.parse(JSON.stringify(schema.parse(result)))).toEqual(JSON.parse(JSON.stringify(result)))
      }),
    )
  })

  test('is refused with a key fewer, a key more, or anything emptied', () => {
    fc.assert(
      fc.property(RESULTS[state], (result) => {
        for (const { how, value } of damaged(result))
          expect({ how, accepted: schema.safeParse(value).success }).toEqual({ how, accepted: false })
      }),
      { numRuns: 25 },
    )
  })

  test('is never empty', () => {
    for (const nothing of [{}, null, [], '', undefined]) expect(schema.safeParse(nothing).success).toBe(false)
  })

  test('carries the verdict its state is left by', () => {
    fc.assert(
      fc.property(RESULTS[state], (result) => {
        const expected = state.startsWith('handoff_')
          ? ['accepted']
          : state === 'deployment'
            ? ['passed', 'error']
            : ['passed', 'failed']
        expect(expected).toContain(readVerdict(state, result))
      }),
    )
    expect(readVerdict(state, FailureResult.parse({ reason: 'The library is closed.' }))).toBe('error')
  })
})

describe('an implementation', () => {
  const result = { code: [{ path: 'a.md', sha256: '0'.repeat(64), summary: 'x' }], test_cases: ['x'] }

  test('says what changed when the work came back', () => {
    expect(implementationResult({ isRetry: false }).safeParse(result).success).toBe(true)
    expect(implementationResult({ isRetry: true }).safeParse(result).success).toBe(false)
    const again = { ...result, changes: 'The second part is shorter.' }
    expect(implementationResult({ isRetry: true }).parse(again)).toEqual(again)
  })

  test.each([
    '/etc/passwd',
    '../a.md',
    'a/../b.md',
    'a/./b',
    'a//b',
    'C:\\a',
    'a\\b',
    '~/a',
    'a/',
    '',
    '.',
    'a b',
  ])('does not stand at %j', (path) => {
    const code = [{ path, sha256: '0'.repeat(64), summary: 'x' }]
    expect(implementationResult({ isRetry: false }).safeParse({ ...result, code }).success).toBe(false)
  })

  test('names each path once, whatever its case', () => {
    const code = ['a.md', 'A.md'].map((path) => ({ path, sha256: '0'.repeat(64), summary: 'x' }))
    expect(implementationResult({ isRetry: false }).safeParse({ ...result, code }).success).toBe(false)
  })
})

test.each([
  ['a criterion failed', [{ criterion: 'a', passed: false, note: 'missing' }], 100],
  ['too little was tested', [{ criterion: 'a', passed: true, note: 'seen' }], 79.9],
])('work does not pass its tests where %s', (_, test_results, test_coverage) => {
  const result = { test_results, test_coverage, passed: true }
  expect(PHASE_RESULTS.testing.safeParse(result).success).toBe(false)
  expect(PHASE_RESULTS.testing.safeParse({ ...result, passed: false }).success).toBe(true)
})

test('a refusal is no acknowledgement', () => {
  expect(AckResult.safeParse({ accepted: false }).success).toBe(false)
  expect(AckResult.safeParse({ accepted: true }).success).toBe(true)
})

test('a result stays below what one event may carry, even where each line is within its bounds', () => {
  const long = Array.from({ length: 200 }, () => 'x'.repeat(600))
  const result = { requirements: long, ambiguities: [], risks: [] }
  expect(PHASE_RESULTS.discovery.safeParse(result).success).toBe(false)
  const fits = long.slice(0, Math.floor(LONGEST_RESULT / 610))
  expect(PHASE_RESULTS.discovery.safeParse({ ...result, requirements: fits }).success).toBe(true)
})
