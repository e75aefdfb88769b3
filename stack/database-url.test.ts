import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDatabaseUrl } from './database-url.ts'

const folder = mkdtempSync(join(tmpdir(), 'waymark-database-url-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'secret')
writeFileSync(file, 'postgresql://own@db/waymark\n')

describe('readDatabaseUrl()', () => {
  test.each([
    [{}, undefined],
    [{ DATABASE_URL: 'postgresql://own@db/x' }, 'postgresql://own@db/x'],
    [{ DATABASE_URL: '', DATABASE_URL_FILE: '' }, undefined],
    [{ DATABASE_URL_FILE: file }, 'postgresql://own@db/waymark'],
    [{ DATABASE_URL_FILE: '.waymark/run/database-url' }, undefined],
    [{ DATABASE_URL_FILE: 'run/database-url' }, undefined],
    [{ DATABASE_URL_FILE: '/srv/waymark/run/database-url' }, undefined],
  ])('takes from %j the server that is not started here: %s', (env, url) => {
    expect(readDatabaseUrl(env)).toBe(url)
  })

  test('says which file cannot be read', () => {
    const missing = join(folder, 'none')
    expect(() => readDatabaseUrl({ DATABASE_URL_FILE: missing })).toThrow(`${missing} cannot be read`)
  })
})
