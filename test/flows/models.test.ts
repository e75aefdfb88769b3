import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { agree, distilNothing, draftTwoTasks, promptOf } from '../models/project-answers.ts'
import { paid } from '../models/scripted-model.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

// The whole of Waymark with a language model in the place of the rules; the model is scripted, the protocol is real.

const PROJECT = '2102/5102'
const [MODEL, KEY] = ['scripted-large', 'planted-model-key']

let model: LLMock
let rig: Rig
let student: Student

beforeAll(async () => {
  model = new LLMock({ port: 0, host: '127.0.0.1' })
  model.on({ systemMessage: 'Waymark step: distill.' }, () => paid(distilNothing(), 4_000, 300))
  let drafts = 0
  model.on({ systemMessage: 'Waymark step: draft.' }, (request) => {
    drafts += 1
    return drafts === 1
      ? paid({ milestones: 'soon' }, 3_000, 20)
      : paid(draftTwoTasks(promptOf(request)), 3_100, 700)
  })
  model.on({ systemMessage: 'Waymark step: judge.' }, (request) => paid(agree(promptOf(request)), 2_000, 400))
  await model.start()
  rig = await startRig({
    env: {
      LLM_PROVIDER: 'openai-compatible',
      LLM_MODEL: MODEL,
      LLM_MODEL_JUDGE: 'scripted-judge',
      LLM_API_KEY: KEY,
      LLM_BASE_URL: `${model.url}/v1`,
      ...PATIENT,
    },
  })
  student = await rig.student()
  await student.start(PROJECT)
  await student.finished(PROJECT)
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  await model.stop()
})

test('a run with a model ends in a plan that says a model drafted it', async () => {
  const { status, body } = await student.call('GET', `/assignments/${PROJECT}/plan`)
  expect(status).toBe(200)
  const { quality_bar } = body.submission_strategy
  expect(quality_bar).toContain('language model')
  expect(JSON.stringify(body)).not.toContain('offline by rules')
})

test('every call is in the ledger with its cost, the one that had to be repeated too', async () => {
  const { job_id } = await student.snapshot(PROJECT)
  const calls = await rig.db.read
    .selectFrom('llm_calls')
    .selectAll()
    .where('job_id', '=', job_id)
    .orderBy('at')
    .execute()
  const rows = calls.map((call) => [
    call.prompt_version,
    call.model,
    call.input_tokens,
    call.output_tokens,
    call.outcome,
    call.failure,
  ])
  expect(rows).toEqual([
    ['distill@1.0.0', MODEL, 4_000, 300, 'ok', null],
    ['draft@1.1.0', MODEL, 3_000, 20, 'MODEL_OUTPUT_INVALID', 'misshapen'],
    ['draft@1.1.0', MODEL, 3_100, 700, 'ok', null],
    ['judge@1.0.0', 'scripted-judge', 2_000, 400, 'ok', null],
  ])
})

test('the artefacts say which model made them', async () => {
  const { workspace_id } = await student.snapshot(PROJECT)
  const rows = await rig.db.read
    .selectFrom('artefacts')
    .select(['kind', 'provenance'])
    .where('workspace_id', '=', workspace_id)
    .where('kind', 'in', ['requirements', 'draft', 'verification'])
    .execute()
  const made = Object.fromEntries(rows.map(({ kind, provenance }) => [kind, provenance]))
  const by = (model: string, prompt_version: string) => ({
    provider: 'openai-compatible',
    model,
    prompt_version,
  })
  expect(made).toEqual({
    requirements: by(MODEL, 'distill@1.0.0'),
    draft: by(MODEL, 'draft@1.1.0'),
    verification: by('scripted-judge', 'judge@1.0.0'),
  })
})

test('neither key nor prompt is logged', async () => {
  const logs = await rig.logs()
  expect(logs).toContain(MODEL)
  expect(logs).not.toContain(KEY)
  expect(logs).not.toContain('Waymark step:')
})
