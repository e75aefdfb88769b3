import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { PROTOCOLS } from '../models/scripted-model.ts'
import { COSTS, modelSettings, startModelRig, type ModelRig } from '../rig/model-rig.ts'
import { turn } from '../streams/read-stream.ts'

// One whole run for each protocol a provider speaks, streamed, with the faults of a bad day in the way of it.

const PROJECT = '2102/5102'
const FAULTS = [{ dropRate: 1 }, { malformedRate: 1 }, { disconnectRate: 1 }] as const

let one: ModelRig

beforeAll(async () => {
  one = await startModelRig({ STAGE_MAX_ATTEMPTS: '20' })
})
afterAll(() => one[Symbol.asyncDispose]())

/** Lets the first calls meet one fault each, and all that come after none. */
async function throwFaults(): Promise<void> {
  const { mock } = one.model
  const met = (): number =>
    mock.getRequests().filter(({ response }) => response.chaosAction !== undefined).length
  for (const [count, fault] of FAULTS.entries()) {
    mock.setChaos(fault)
    while (met() <= count) await turn()
  }
  mock.clearChaos()
}

describe.each(PROTOCOLS)('$provider at $asked', ({ provider, asked }) => {
  test('a run comes to its plan through dropped, malformed and cut answers, and the ledger tells of each call', async () => {
    const { rig, model } = one
    model.mock.clearRequests()
    await rig.stopWorker()
    await rig.startWorker(modelSettings(model, provider))
    const student = await rig.student()
    const faults = throwFaults()
    await student.start(PROJECT)
    const events = await student.finished(PROJECT)
    await faults
    expect(events.at(-1)?.event_type).toBe('plan_ready')
    for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()

    const requests = model.mock.getRequests()
    expect([...new Set(requests.map(({ path }) => path.split('?')[0]))]).toEqual([asked])
    const { job_id } = await student.snapshot(PROJECT)
    const calls = await rig.db.read.selectFrom('llm_calls').selectAll().where('job_id', '=', job_id).execute()
    expect(calls).toHaveLength(requests.length)
    expect(calls.filter(({ state }) => state !== 'settled')).toEqual([])
    const failed = calls.filter(({ outcome }) => outcome !== 'ok')
    expect(failed).toHaveLength(FAULTS.length)
    expect(failed.filter((call) => call.input_tokens + call.output_tokens > 0)).toEqual([])
    const spent = calls
      .map((call) => [call.input_tokens, call.output_tokens])
      .filter(([input]) => input !== 0)
    expect(spent.toSorted(([a = 0], [b = 0]) => b - a)).toEqual(Object.values(COSTS))
    expect(new Set(calls.map((call) => call.provider))).toEqual(new Set([provider]))
  })
})
