import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadSecrets } from './secrets.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-secrets-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('loadSecrets()', () => {
  test('makes an ES256 key and a 32 byte key under an id', async () => {
    const { AUTH_JWT_PRIVATE_KEY, CREDENTIAL_KEYS } = await loadSecrets(folder)
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(AUTH_JWT_PRIVATE_KEY)
    expect([asymmetricKeyType, asymmetricKeyDetails?.namedCurve]).toEqual(['ec', 'prime256v1'])
    const [id, key] = CREDENTIAL_KEYS.split(':')
    expect(id).toBe('k1')
    expect(Buffer.from(String(key), 'base64')).toHaveLength(32)
  })

  test('keeps them where nobody else can read them', async () => {
    await loadSecrets(join(folder, 'secrets'))
    expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700)
    for (const name of await readdir(join(folder, 'secrets'))) {
      expect((await stat(join(folder, 'secrets', name))).mode & 0o777).toBe(0o600)
    }
  })

  test('answers the same keys to two first starts at once and to every later one', async () => {
    const [one, other] = await Promise.all([loadSecrets(folder), loadSecrets(folder)])
    expect(other).toEqual(one)
    expect(await loadSecrets(folder)).toEqual(one)
    expect(await readdir(folder)).toHaveLength(2)
  })
})
