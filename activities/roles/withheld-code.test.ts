import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { AiPolicy, Evidence, Requirement } from '../../contract/requirements.ts'
import { scaffoldOffline } from '../llm/offline/roles/build-scaffold.ts'
import { briefInputs } from './examples/role-inputs.ts'
import { workThrough } from './examples/work-through.ts'
import { createArtefactGuard } from './guard/guard-artefact.ts'
import { knownWords } from './guard/known-words.ts'
import { readTexts } from './guard/read-texts.ts'
import type { RoleInput } from './role-input.ts'

const STUB = /unimplemented!|NotImplementedError|#\[test\]|@Test|\babort\(|t\.Skip|not written yet/i
const FENCE = /^\s*(?:```|~~~)/m
const BANS = [
  'You may not let AI tools write, complete or repair code, tests or prose that you submit.',
  'Code assistants such as GitHub Copilot are prohibited.',
  'Do not let ChatGPT write code.',
  'AI assistants must not write any part of what you hand in.',
]
const OPEN_LANGUAGE = 'Write it in C17 or Rust, not both'

const PROGRAMMING = [...briefInputs()]
  .filter(([, [input]]) => input?.assignment?.genre === 'programming')
  .flatMap(([, inputs]) => inputs.filter(({ subject }) => subject.deliverable !== ''))

const BUILDING = PROGRAMMING.filter(({ subject }) => subject.deliverable.startsWith('A program'))

const DOCUMENT_ID = '7f6d3b1e-52d4-4c39-9a51-2f1c8a4d9e09'
const evidenceOf = (quote: string): Evidence => ({
  document_id: DOCUMENT_ID,
  quote,
  start: 0,
  end: quote.length,
  page: null,
  match: 'exact',
})

function requirementOf(statement: string, more: Partial<Requirement>): Requirement {
  return {
    id: 'extra-1',
    kind: 'policy',
    modality: 'must_not',
    statement,
    hard: true,
    quantities: [],
    alternative_group: null,
    criterion_id: null,
    evidence: [evidenceOf(statement)],
    ...more,
  }
}

/** A task under a policy of the test's own, in a file of some format. */
function under(
  input: RoleInput,
  policy: {
    readonly ai_policy: AiPolicy
    readonly rules: readonly Requirement[]
    readonly extension: string
  },
): RoleInput {
  const [path] = input.subject.target_paths
  const { assignment } = input
  const told = policy.rules.flatMap(({ evidence }) => evidence.map(({ quote }) => quote))
  const words = [...told, ...policy.ai_policy.evidence.map(({ quote }) => quote)].join('\n')
  const kept = input.requirements.filter(({ kind }) => kind !== 'policy')
  return {
    ...input,
    subject: { ...input.subject, target_paths: [path.replace(/\.\w+$/, `.${policy.extension}`)] },
    assignment: assignment === null ? null : { ...assignment, ai_policy: policy.ai_policy },
    requirements: [...kept, ...policy.rules],
    documents: [
      ...input.documents,
      { document_id: DOCUMENT_ID, kind: 'syllabus', name: 'Course rules', text: words, pages: [] },
    ],
  }
}

const anyTask = fc.constantFrom(...PROGRAMMING)
const anyExtension = fc.constantFrom('md', 'py', 'rs', 'c', 'java', 'go', 'ts', 'php', 'hs', 'kt')
const anyBan = fc.constantFrom(...BANS)
const anyBanningPolicy = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 4 }), anyBan).map(([level, quote]) => ({
    ai_policy: { level, evidence: [evidenceOf(quote)] },
    rules: [],
  })),
  fc.tuple(fc.constantFrom(null, 1, 2, 3, 4, 5), anyBan).map(([level, quote]) => ({
    ai_policy: { level, evidence: level === null ? [] : [evidenceOf('See what is said of AI')] },
    rules: [requirementOf(quote, {})],
  })),
)

describe('a programming task of a course that lets no AI tool write code', () => {
  test('is given no line of code and no stub, in a file of any format, and the rule as the reason', () => {
    fc.assert(
      fc.property(anyTask, anyBanningPolicy, anyExtension, (task, policy, extension) => {
        const input = under(task, { ...policy, extension })
        const [file] = scaffoldOffline(input).files
        const { code } = readTexts(file?.path ?? '', file?.body ?? '')
        expect(code.filter((line) => line !== '<?php')).toEqual([])
        expect(file?.body).not.toMatch(STUB)
        expect(extension === 'md' && FENCE.test(file?.body ?? '')).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  test('passes every check of a build, its guard included', async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, anyBanningPolicy, anyExtension, async (task, policy, extension) => {
        const done = await workThrough(under(task, { ...policy, extension }))
        const guard = createArtefactGuard(knownWords(done))
        expect(done.files.flatMap(({ path, body }) => guard(path, body))).toEqual([])
        expect(done.results.testing?.test_results.filter(({ passed }) => !passed)).toEqual([])
        expect(done.results.verification?.approved_for_deployment).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  test('plans its tests in words: what is given, done and comes out, for each thing a run can show', () => {
    const task = PROGRAMMING.find(({ subject }) => /tests/i.test(subject.deliverable))
    if (task === undefined) throw new TypeError('no task of testing')
    const [quote = ''] = BANS
    const rules = [requirementOf(quote, {})]
    const policy = { ai_policy: { level: 3, evidence: [evidenceOf('See')] }, rules, extension: 'md' }
    const { files, test_cases } = scaffoldOffline(under(task, policy))
    const [{ body } = { body: '' }] = files
    expect(body).toContain(
      `Code and tests are yours to write. The rule on AI tools: “${quote}” (Course rules).`,
    )
    expect(body).toContain('| It shows | Given | Done | Must come out |')
    expect(body).toContain('| Print the ten most requested URLs with their counts. |  |  |  |')
    expect(body).not.toMatch(/stub/i)
    expect(test_cases.join('\n')).not.toMatch(/\btest_\w+:/)
  })
})

test('one test is planned by what is asked of it alone', () => {
  const task = PROGRAMMING.find(({ subject }) => /tests/i.test(subject.deliverable))
  if (task === undefined) throw new TypeError('no task of testing')
  const asked = requirementOf('A crash test that kills the program at random points', {
    id: 'crash',
    kind: 'method',
    modality: 'must',
  })
  const order = requirementOf('Write the crash test before the recovery code', {
    id: 'order',
    kind: 'process',
    modality: 'must',
  })
  const rules = [asked, order]
  const input = under(task, {
    ai_policy: { level: 3, evidence: [evidenceOf('See')] },
    rules,
    extension: 'md',
  })
  const subject = {
    ...input.subject,
    title: 'First the crash test',
    deliverable: 'The crash test, before the recovery code',
    validation: [],
    requirement_ids: ['crash', 'order'],
  }
  const [file] = scaffoldOffline({ ...input, subject }).files
  const rows = file?.body.match(/^\| .* \|  \|  \|  \|$/gm)
  expect(rows).toEqual(['| A crash test that kills the program at random points. |  |  |  |'])
})

describe('a programming task whose language is still to be chosen', () => {
  test('asks for the choice first and is in no language, in a file of any format', () => {
    const rules = [requirementOf(OPEN_LANGUAGE, { kind: 'tool', modality: 'must' })]
    fc.assert(
      fc.property(fc.constantFrom(...BUILDING), anyExtension, (task, extension) => {
        const input = under(task, { ai_policy: { level: 5, evidence: [] }, rules, extension })
        const [file] = scaffoldOffline(input).files
        expect(readTexts(file?.path ?? '', file?.body ?? '').code.filter((line) => line !== '<?php')).toEqual(
          [],
        )
        expect(file?.body).not.toMatch(STUB)
        expect(file?.body).toMatch(
          /1\. Smallest run.*\n+.*\n+.*First of all: which do you take, “C17” or “Rust”\?/,
        )
      }),
      { numRuns: 100 },
    )
  })
})

test('a course that lets AI tools write code is given stubs as before', () => {
  const task = PROGRAMMING.find(({ subject }) => /tests/i.test(subject.deliverable))
  if (task === undefined) throw new TypeError('no task of testing')
  const policy = { ai_policy: { level: 5, evidence: [] }, rules: [], extension: 'md' }
  const [file] = scaffoldOffline(under(task, policy)).files
  expect(file?.body).toMatch(STUB)
  expect(file?.body).toContain('The stubs use no framework')
})
