import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { agree, distilNothing, draftTwoTasks, promptOf } from '../models/project-answers.ts'
import { paid, startScriptedModel, type ScriptedModel } from '../models/scripted-model.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

// A draft with a number that no document names. The database puts it there, since a draft is checked before it is
// stored: what comes after must hold even so.

const PROJECT = '2102/5102'

let model: ScriptedModel
let rig: Rig
/** The prompts of the drafts, in order. */
const drafts: string[] = []

async function breakDrafts(): Promise<void> {
  await sql`create function invent_number() returns trigger language plpgsql as $$
    begin
      if new.kind = 'draft' then
        new.body := jsonb_set(new.body, '{plan,milestones,0,tasks,0,description}', '"Hand in 7,777 pages."');
      end if;
      return new;
    end $$`.execute(rig.db.write)
  await sql`create trigger invent_number before insert on artefacts
    for each row execute function invent_number()`.execute(rig.db.write)
}

async function runWith(settings: Record<string, string>): Promise<Student> {
  rig = await startRig({ env: { ...settings, ...PATIENT } })
  await breakDrafts()
  const student = await rig.student()
  await student.start(PROJECT)
  await student.finished(PROJECT)
  return student
}

beforeAll(async () => {
  model = await startScriptedModel()
  model.answer('distill', [paid(distilNothing(), 4_000, 300)])
  model.answer('draft', [
    (request) => {
      drafts.push(promptOf(request))
      return paid(draftTwoTasks(promptOf(request)), 3_000, 700)
    },
  ])
  model.answer('judge', [(request) => paid(agree(promptOf(request)), 2_000, 400)])
})

afterAll(() => model[Symbol.asyncDispose]())

test('a draft that does not hold goes back to the model once, with what was found wrong', async () => {
  const { baseUrl, apiKey, model: name } = model.choice()
  const student = await runWith({
    LLM_PROVIDER: 'openai-compatible',
    LLM_MODEL: name,
    LLM_API_KEY: apiKey?.reveal() ?? '',
    LLM_BASE_URL: baseUrl ?? '',
  })
  await using _ = rig
  expect((await student.snapshot(PROJECT)).status).toBe('ready')
  expect(drafts).toHaveLength(2)
  expect(drafts[0]).not.toContain('FINDINGS')
  expect(drafts[1]).toMatch(/<<<data \w+ FINDINGS>>>\n.*7,777/)
  const { body } = await student.call('GET', `/assignments/${PROJECT}/plan`)
  expect(body.milestones[0].tasks[0].description).toContain('Work from the sheet.')
})

test('rules, which would only say the same again, mend it by code, and every change is told', async () => {
  const student = await runWith({})
  await using _ = rig
  const { body } = await student.call('GET', `/assignments/${PROJECT}/plan`)
  expect(JSON.stringify(body)).not.toContain('7,777')
  const { findings } = (await student.call('GET', `/assignments/${PROJECT}/plan/evidence`)).body
  const mended = findings.filter(({ code }: { code: string }) => code === 'REPAIRED')
  expect(mended.some(({ message }: { message: string }) => message.includes('7,777'))).toBe(true)
  const events = await student.finished(PROJECT)
  const told = events.filter(({ payload }) => 'unit' in payload && payload.unit === 'findings')
  expect(told.map(({ message }) => message)).toEqual(
    findings.slice(0, told.length).map(({ message }: { message: string }) => message),
  )
  expect(told.length).toBeGreaterThan(0)
})
