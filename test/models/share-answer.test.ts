import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createAnswerStore } from '../../activities/llm/cache/create-store.ts'
import { shareAnswer, type KeptAnswer, type Sharing } from '../../activities/llm/cache/share-answer.ts'
import { createTestDatabase, openTestDatabase, type TestDatabase } from '../database.ts'

// Two workers are two pools on one database: nothing else lies between them.
let database: TestDatabase
let other: ReturnType<typeof openTestDatabase>
let key: string
let asked: number

beforeAll(async () => {
  database = await createTestDatabase()
  other = openTestDatabase(database.url)
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => {
  key = randomUUID()
  asked = 0
})

const kept = (answer: unknown): KeptAnswer => ({ key, answer, provider: 'openai', model: 'big' })

function sharing(more: Partial<Sharing<unknown>> = {}, db = database.db): Sharing<unknown> {
  return {
    store: createAnswerStore(db.write),
    keys: [key],
    signal: new AbortController().signal,
    revive: async ({ answer }) => answer,
    ask: async () => {
      asked += 1
      await delay(50)
      return { reply: { n: asked }, kept: kept({ n: asked }) }
    },
    leaseMs: 600,
    lookMs: 10,
    ...more,
  }
}

describe('the same question from many', () => {
  test('is asked once, whichever worker asks, and all get the answer', async () => {
    const all = Array.from({ length: 100 }, (_, turn) =>
      shareAnswer(sharing({}, turn % 2 === 0 ? database.db : other)),
    )
    expect(await Promise.all(all)).toEqual(all.map(() => ({ n: 1 })))
    expect(asked).toBe(1)
  })

  test('is not asked again later', async () => {
    await shareAnswer(sharing())
    expect(await shareAnswer(sharing({}, other))).toEqual({ n: 1 })
    expect(asked).toBe(1)
  })

  test('is asked by another when the one who asked fails, who alone is told', async () => {
    const failing = sharing({
      ask: async () => {
        await delay(50)
        throw new RangeError('the model is away')
      },
    })
    const first = shareAnswer(failing)
    const second = delay(20).then(() => shareAnswer(sharing({}, other)))
    await expect(first).rejects.toThrow('the model is away')
    expect(await second).toEqual({ n: 1 })
  })

  test('is asked by another once the one who asked has fallen silent', async () => {
    const { store } = sharing()
    expect(await store.claim(key, randomUUID(), 100)).toBe(true)
    expect(await shareAnswer(sharing())).toEqual({ n: 1 })
  })

  test('is left to the one who asks, however long it takes', async () => {
    const slow = sharing({
      ask: async () => {
        asked += 1
        await delay(1_500)
        return { reply: 'slow', kept: kept('slow') }
      },
    })
    const first = shareAnswer(slow)
    await delay(20)
    expect(await shareAnswer(sharing({}, other))).toBe('slow')
    expect(await first).toBe('slow')
    expect(asked).toBe(1)
  })

  test('is not waited for once the signal is aborted', async () => {
    const { store } = sharing()
    await store.claim(key, randomUUID(), 60_000)
    const controller = new AbortController()
    const waiting = shareAnswer(sharing({ signal: controller.signal }))
    const reason = new Error('canceled')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })

  test('is asked anew where the kept answer does not fit any more', async () => {
    await shareAnswer(sharing())
    expect(await shareAnswer(sharing({ revive: async () => null }))).toEqual({ n: 2 })
  })

  test('is asked anew when the answer is out of date', async () => {
    await shareAnswer(sharing())
    await sql`update llm_results set expires_at = now() - interval '1 second' where key = ${key}`.execute(
      database.db.write,
    )
    expect(await shareAnswer(sharing())).toEqual({ n: 2 })
  })

  test('an answer of a spare model serves whoever finds the first one away', async () => {
    const spare = randomUUID()
    await shareAnswer(
      sharing({ keys: [key, spare], ask: async () => ({ reply: 's', kept: { ...kept('s'), key: spare } }) }),
    )
    expect(await shareAnswer(sharing({ keys: [key, spare] }))).toBe('s')
    const rows = await database.db.read
      .selectFrom('llm_results')
      .select('key')
      .where('key', '=', key)
      .execute()
    expect(rows).toEqual([])
  })
})
