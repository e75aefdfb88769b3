import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ConfigError, readMigrationConfig } from './env.ts'
import { readSecretFiles } from './read-secret-files.ts'

let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-config-'))
  file = join(folder, 'key')
  await writeFile(file, 'line one\nline two\n')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('readSecretFiles()', () => {
  test('takes a setting from the file that is named for it, without the last line break', () => {
    expect(readSecretFiles({ KEY_FILE: file }, ['KEY'])['KEY']).toBe('line one\nline two')
  })

  test('leaves settings alone that name no file', () => {
    const environment = { KEY: 'from the environment', OTHER_FILE: file, EMPTY_FILE: '' }
    expect(readSecretFiles(environment, ['KEY', 'EMPTY'])).toEqual(environment)
  })

  test('counts an empty setting as absent, as compose files pass what is not set', () => {
    expect(readSecretFiles({ KEY: '', KEY_FILE: file }, ['KEY'])['KEY']).toBe('line one\nline two')
  })

  test('refuses a setting that is given twice, and shows neither value', () => {
    const read = () => readSecretFiles({ KEY: 'hidden', KEY_FILE: file }, ['KEY'])
    expect(read).toThrow(new ConfigError('KEY and KEY_FILE are both set: take one away.'))
  })

  test('names the file that cannot be read', () => {
    const missing = join(folder, 'missing')
    const read = () => readSecretFiles({ KEY_FILE: missing }, ['KEY'])
    expect(read).toThrow(new ConfigError(`KEY_FILE: ${missing} cannot be read.`))
  })
})

test('the settings of every process may come from files', () => {
  expect(readMigrationConfig({ DATABASE_URL_FILE: file }).DATABASE_URL.reveal()).toBe('line one\nline two')
})
