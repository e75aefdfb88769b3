import { createHash, randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import pg from 'pg'
import { inject } from 'vitest'

import { Secret } from '../config/secret.ts'
import { migrateUp } from '../db/migrate.ts'
import { openDatabase, type OpenDatabase } from '../db/open.ts'

const MIGRATIONS = new URL('../db/migrations/', import.meta.url)
// Any number does, as long as nothing else on the test server takes the same advisory lock.
const TEMPLATE_LOCK = 7_301_542
const POOL_SIZE = 12

/** A database of its own, gone with all that is in it when disposed. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  readonly db: OpenDatabase
}

/** Makes a migrated database by cloning the template of this run; the first caller makes the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(await ensureTemplate())
}

/** Makes a database that no migration has touched. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  return createDatabase('template0')
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer((server) => server.query(`create database ${name} template ${template}`))
  const url = urlOf(name)
  const db = openTestDatabase(url)
  return {
    url,
    db,
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]()
      await onServer((server) => server.query(`drop database ${name} with (force)`))
    },
  }
}

/** Opens a database as the tests do. */
export function openTestDatabase(url: string): OpenDatabase {
  return openDatabase({
    url: new Secret(url),
    poolSize: POOL_SIZE,
    application: 'test',
    onConnectionError: () => undefined,
  })
}

/** The template's name; it carries the hash of the migrations, so that a changed one never meets an old template. */
async function ensureTemplate(): Promise<string> {
  const name = `template_${await hashMigrations()}`
  await onServer(async (server) => {
    await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await server.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await makeTemplate(server, name)
  })
  return name
}

/** Migrates under another name first: a run cut short leaves no half-made template behind. */
async function makeTemplate(server: pg.Client, name: string): Promise<void> {
  const half = `${name}_half`
  await server.query(`drop database if exists ${half} with (force)`)
  await server.query(`create database ${half} template template0`)
  const db = openTestDatabase(urlOf(half))
  await migrateUp(db.write)
  await db[Symbol.asyncDispose]()
  await server.query(`alter database ${half} rename to ${name}`)
}

async function hashMigrations(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(MIGRATIONS)).sort())
    hash.update(await readFile(new URL(file, MIGRATIONS)))
  return hash.digest('hex').slice(0, 16)
}

function urlOf(database: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${database}`
  return url.href
}

/** Works on a connection of its own to the server; closing it frees the lock the work may have taken. */
async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: urlOf('postgres') })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}
