import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDatabaseUrl } from './database-url.ts'

const folder = mkdtempSync(join(tmpdir(), 'waymark-database-url-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'secret')
writeFileSync(file, 'postgresql://own@db/waymark\n')
// As a stack leaves it beside its PostgreSQL, and one of the same name in a folder of somebody else's.
const [left, foreign] = ['stack', 'other'].map((name) => {
  mkdirSync(join(folder, name, 'run'), { recursive: true })
  writeFileSync(join(folder, name, 'run', 'database-url'), `postgresql://${name}@db/waymark`)
  return join(folder, name, 'run', 'database-url')
})
mkdirSync(join(folder, 'stack', 'postgres'))

describe('readDatabaseUrl()', () => {
  test.each([
    [{}, undefined],
    [{ DATABASE_URL: 'postgresql://own@db/x' }, 'postgresql://own@db/x'],
    [{ DATABASE_URL: '', DATABASE_URL_FILE: '' }, undefined],
    [{ DATABASE_URL_FILE: file }, 'postgresql://own@db/waymark'],
    [{ DATABASE_URL_FILE: left }, undefined],
    [{ DATABASE_URL_FILE: foreign }, 'postgresql://other@db/waymark'],
  ])('takes from %j the server that is not started here: %s', (env, url) => {
    expect(readDatabaseUrl(env)).toBe(url)
  })

  test('refuses a file with nothing in it', () => {
    const empty = join(folder, 'empty')
    writeFileSync(empty, ' \n')
    expect(() => readDatabaseUrl({ DATABASE_URL_FILE: empty })).toThrow(`${empty} cannot be read`)
  })

  test('says which file cannot be read', () => {
    const missing = join(folder, 'none')
    expect(() => readDatabaseUrl({ DATABASE_URL_FILE: missing })).toThrow(`${missing} cannot be read`)
  })
})
