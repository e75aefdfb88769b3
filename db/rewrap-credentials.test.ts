import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { open, seal } from '../config/envelope.ts'
import { parseKeyRing } from '../config/key-ring.ts'
import { Secret } from '../config/secret.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { storeCanvasCredentials } from './intents/credentials.ts'
import { findSealedCredentials } from './read/credentials.ts'
import { rewrapCredentials } from './rewrap-credentials.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const ORIGIN = 'https://canvas.school.edu'
const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [OLD, NEW, OTHER] = [newKey('old'), newKey('new'), newKey('other')]
const rotated = parseKeyRing(`${NEW},${OLD}`)

let database: TestDatabase

beforeEach(async () => {
  database = await createTestDatabase()
})

afterEach(() => database[Symbol.asyncDispose]())

const contextOf = (user_id: string) => ({ user_id, canvas_origin: ORIGIN, field: 'api_key' })

/** Somebody whose Canvas key was sealed with this ring. */
async function join(ring: string): Promise<string> {
  const { write } = database.db
  const user_id = randomUUID()
  const email = `${user_id}@example.edu`
  await write
    .insertInto('accounts')
    .values({ user_id, email, password_hash: 'none', tenant_id: 't' })
    .execute()
  const sealed = await seal(parseKeyRing(ring), contextOf(user_id), new Secret(`key of ${user_id}`))
  await storeCanvasCredentials(write, { user_id, base_url: ORIGIN, sealed })
  return user_id
}

async function storedOf(user_id: string) {
  const stored = await findSealedCredentials(database.db.read, user_id)
  if (stored === null) throw new Error('no key is stored')
  return stored.sealed
}

async function command(keys: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: database.url, CREDENTIAL_KEYS: keys }
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [MAIN, 'rewrap'], { env })) }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

describe('rewrapCredentials()', () => {
  test('brings more than a batch under the active key, so that the old one is needed no more', async () => {
    const users = await Promise.all(Array.from({ length: 230 }, () => join(OLD)))
    users.push(await join(NEW))
    const before = await storedOf(users[0] ?? '')
    expect(await rewrapCredentials(database.db.write, rotated)).toEqual({ rewrapped: 230, left: new Map() })
    expect(await storedOf(users[0] ?? '')).toMatchObject({ ct: before.ct, iv: before.iv, kek_id: 'new' })
    for (const user of users) {
      const key = await open(parseKeyRing(NEW), contextOf(user), await storedOf(user))
      expect(key.reveal()).toBe(`key of ${user}`)
    }
  })

  test('changes nothing when it is run again, and never the time the user is shown', async () => {
    const user = await join(OLD)
    const shown = () => database.db.read.selectFrom('canvas_credentials').select('updated_at').execute()
    const before = await shown()
    await rewrapCredentials(database.db.write, rotated)
    const first = await storedOf(user)
    expect(await rewrapCredentials(database.db.write, rotated)).toEqual({ rewrapped: 0, left: new Map() })
    expect(await storedOf(user)).toEqual(first)
    expect(await shown()).toEqual(before)
  })

  test('leaves what it cannot open as it is, and does the rest', async () => {
    const [lost, moved, fine] = [await join(OTHER), await join(OLD), await join(OLD)]
    await database.db.write
      .updateTable('canvas_credentials')
      .set({ base_url: 'https://elsewhere.edu' })
      .where('user_id', '=', moved)
      .execute()
    const before = await Promise.all([storedOf(lost), storedOf(moved)])
    const left = new Map([
      ['other', 1],
      ['old', 1],
    ])
    expect(await rewrapCredentials(database.db.write, rotated)).toEqual({ rewrapped: 1, left })
    expect(await Promise.all([storedOf(lost), storedOf(moved)])).toEqual(before)
    expect((await storedOf(fine)).kek_id).toBe('new')
  })
})

describe('node db/main.ts rewrap', () => {
  test('says how many it wrapped anew and that the old key may go', async () => {
    await join(OLD)
    const { code, stdout } = await command(`${NEW},${OLD}`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('Wrapped anew under the key new: 1\n')])
    expect(stdout).toContain('the other keys may be dropped')
    expect((await command(NEW)).stdout).toContain('Wrapped anew under the key new: 0\n')
  })

  test('ends with 1 and names the key that is missing, and shows none', async () => {
    await join(OLD)
    const { code, stdout, stderr } = await command(NEW)
    expect([code, stdout]).toEqual([1, expect.stringContaining('Still under the key old, not opened: 1\n')])
    expect(stdout).toContain('Drop no key yet')
    expect(stdout + stderr).not.toContain(NEW.slice(4))
    expect((await command('')).stderr).toContain('CREDENTIAL_KEYS')
  })
})
