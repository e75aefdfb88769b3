import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

import { createEmptyTestDatabase, createTestDatabase } from '../test/database.ts'
import { describeSchema } from './describe-schema.ts'
import { migrateDown, migrateUp, pendingMigrations } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'

const NAMES = Object.keys(MIGRATIONS)
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function command(url: string, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: url }
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [MAIN, ...args], { env })) }
  } catch (error) {
    return error as Outcome
  }
}

describe('the migrations', () => {
  test('bring an empty database up to date, once', async () => {
    await using empty = await createEmptyTestDatabase()
    expect(await pendingMigrations(empty.db.write)).toEqual(NAMES)
    expect(await migrateUp(empty.db.write)).toEqual(NAMES)
    expect(await migrateUp(empty.db.write)).toEqual([])
    expect(await pendingMigrations(empty.db.write)).toEqual([])
  })

  test('give the same schema after being taken back and run again', async () => {
    await using empty = await createEmptyTestDatabase()
    const { write } = empty.db
    const nothing = await describeSchema(write)
    await migrateUp(write)
    const first = await describeSchema(write)
    for (const name of NAMES.toReversed()) expect(await migrateDown(write)).toEqual([name])
    expect(await migrateDown(write)).toEqual([])
    expect(await describeSchema(write)).toBe(nothing)
    await migrateUp(write)
    expect(await describeSchema(write)).toBe(first)
    expect(first).not.toBe(nothing)
  })

  test('run once when several migrators begin at the same moment', async () => {
    await using empty = await createEmptyTestDatabase()
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrateUp(empty.db.write)))
    expect(runs.flat()).toEqual(NAMES)
  })

  test('are what db/schema.sql says', async () => {
    await using migrated = await createTestDatabase()
    await expect(
      await describeSchema(migrated.db.write),
      'db/schema.sql is out of date; write it anew with: npx vitest run --project flows db/migrate.test.ts -u',
    ).toMatchFileSnapshot('schema.sql')
  })
})

describe('node db/main.ts', () => {
  test('migrates, tells the state and takes back', async () => {
    await using empty = await createEmptyTestDatabase()
    const lines = (verb: string) => NAMES.map((name) => `${verb}: ${name}\n`).join('')
    expect(await command(empty.url, 'status')).toMatchObject({ code: 1, stdout: lines('Due') })
    expect(await command(empty.url, 'up')).toMatchObject({ code: 0, stdout: lines('Migrated') })
    expect(await command(empty.url, 'status')).toMatchObject({ code: 0 })
    const down = await command(empty.url, 'down')
    expect(down).toMatchObject({ code: 0, stdout: `Taken back: ${NAMES.at(-1)}\n` })
  })

  test('waits until another process has migrated', async () => {
    await using empty = await createEmptyTestDatabase()
    const waiting = command(empty.url, 'wait')
    await migrateUp(empty.db.write)
    expect(await waiting).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' })
  })

  test('prints the schema it finds', async () => {
    await using migrated = await createTestDatabase()
    const { stdout } = await command(migrated.url, 'schema')
    expect(stdout).toBe(await describeSchema(migrated.db.write))
  })

  test('says what is wrong without showing the password', async () => {
    const { code, stderr } = await command('postgresql://me:hunter2hunter2@127.0.0.1:1/none', 'up')
    expect(code).toBe(1)
    expect(stderr).toContain('Is PostgreSQL running')
    expect(stderr).not.toContain('hunter2')
    expect(await command('postgresql://127.0.0.1/none', 'sideways')).toMatchObject({ code: 2 })
  })
})
