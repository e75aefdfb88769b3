import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findTemporalCli } from './temporal-cli.ts'
import { namesTemporal, useOwnTemporal, withTemporal } from './temporal-settings.ts'
import { startTemporal } from './temporal.ts'

const PRODUCTION = '[profile.default]\naddress = "production:7233"\napi_key = "of production"\n'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-home-'))
  await mkdir(join(home, '.config/temporalio'), { recursive: true })
  await writeFile(join(home, '.config/temporalio/temporal.toml'), PRODUCTION)
})

afterEach(() => rm(home, { recursive: true, force: true }))

const definedOf = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))

describe('namesTemporal()', () => {
  test.each(['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'])(
    '%s chooses a server',
    (name) => {
      expect(namesTemporal({ [name]: 'x' })).toBe(true)
      expect(namesTemporal({ [name]: '' })).toBe(false)
    },
  )

  test('a namespace or a key alone chooses none, and neither does a profile in the home folder', () => {
    expect(namesTemporal({ TEMPORAL_NAMESPACE: 'x', TEMPORAL_API_KEY: 'x', HOME: home })).toBe(false)
  })
})

describe('withTemporal()', () => {
  test('leads to the dev server and to nothing of the profile in the home folder or the environment', () => {
    const env = withTemporal(
      { HOME: home, TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'true' },
      '127.0.0.1:1',
      'mine',
    )
    const config = loadClientConnectConfig({ overrideEnvVars: definedOf(env) })
    expect(config.namespace).toBe('mine')
    expect(config.connectionOptions.address).toBe('127.0.0.1:1')
    expect(config.connectionOptions.apiKey).toBeUndefined()
    expect(config.connectionOptions.tls).toBeFalsy()
  })
})

describe('useOwnTemporal()', () => {
  const say = () => undefined

  test(
    'connects with the profile that was named',
    async () => {
      await findTemporalCli({ env: process.env, say })
      await using temporal = await startTemporal({ namespace: 'mine', ui: false, env: process.env, say })
      const file = join(home, 'named.toml')
      await writeFile(file, `[profile.trial]\naddress = "${temporal.address}"\nnamespace = "mine"\n`)
      const own = await useOwnTemporal({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'trial' }, say)
      expect(own).toEqual({ address: temporal.address, namespace: 'mine' })
    },
    15 * 60_000,
  )

  test('says which server does not answer', async () => {
    const env = { TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_NAMESPACE: 'mine' }
    await expect(useOwnTemporal(env, say)).rejects.toThrow(/Temporal at 127\.0\.0\.1:1, namespace mine: /)
  })
})
