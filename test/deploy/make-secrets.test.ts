import { createPrivateKey } from 'node:crypto'
import { stat } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { parseKeyRing } from '../../config/key-ring.ts'
import { secretsFile } from './write-secrets.ts'

const PASSWORDS = [
  'POSTGRES_PASSWORD',
  'WAYMARK_OWNER_PASSWORD',
  'WAYMARK_APP_PASSWORD',
  'TEMPORAL_DB_PASSWORD',
]

describe('deploy/make-secrets.mjs', () => {
  test('makes the keys that our processes take', async () => {
    await using file = await secretsFile()
    await file.write()
    const { AUTH_JWT_PRIVATE_KEY = '', CREDENTIAL_KEYS = '' } = await file.read()
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(AUTH_JWT_PRIVATE_KEY)
    expect([asymmetricKeyType, asymmetricKeyDetails?.namedCurve]).toEqual(['ec', 'prime256v1'])
    expect(parseKeyRing(CREDENTIAL_KEYS).activeKekId).toBe('k1')
  })

  test('makes passwords that differ and may stand in a URL', async () => {
    await using file = await secretsFile()
    await file.write()
    const settings = await file.read()
    const passwords = PASSWORDS.map((name) => settings[name] ?? '')
    expect(new Set(passwords).size).toBe(PASSWORDS.length)
    for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/)
  })

  test('leaves nothing that two installations share, and no secret on more than one line', async () => {
    await using one = await secretsFile()
    await using other = await secretsFile()
    await Promise.all([one.write(), other.write()])
    const [mine, theirs] = await Promise.all([one.text(), other.text()])
    const same = mine.split('\n').filter((line, at) => theirs.split('\n')[at] === line)
    expect(same.filter((line) => /KEY|PASSWORD/.test(line) && !line.startsWith('#'))).toEqual([])
    expect(mine.split('\n')).toHaveLength(theirs.split('\n').length)
  })

  test('writes a file for its owner alone', async () => {
    await using file = await secretsFile()
    await file.write()
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
  })

  test('never writes over keys that are in use', async () => {
    await using file = await secretsFile()
    await file.write()
    const before = await file.text()
    await expect(file.write()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('stays as it is'),
    })
    expect(await file.text()).toBe(before)
  })
})
