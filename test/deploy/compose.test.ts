import { readFileSync } from 'node:fs'

import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readApiConfig, readMigrationConfig, readWorkerConfig, SETTINGS } from '../../config/env.ts'
import { SEARCH_ATTRIBUTES } from '../../contract/ids.ts'
import {
  type ComposeFile,
  environmentOf,
  readCompose,
  readComposeSource,
  readComposeText,
  type Service,
} from './compose-file.ts'
import { type SecretsFile, secretsFile } from './write-secrets.ts'

// The schema of the Compose Specification, as compose-go 2.16.2 brings it (Apache-2.0).
const SCHEMA = new URL('./fixtures/compose-spec.json', import.meta.url)
const NAMESPACE_SCRIPT = new URL('../../deploy/temporal/create-namespace.sh', import.meta.url)
const EXAMPLE = new URL('../../deploy/production.env.example', import.meta.url)

// Read by @temporalio/envconfig, not by config/env.ts.
const TEMPORAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE']
const SECRETS = [
  'POSTGRES_PASSWORD',
  'WAYMARK_OWNER_PASSWORD',
  'WAYMARK_APP_PASSWORD',
  'TEMPORAL_DB_PASSWORD',
  'CREDENTIAL_KEYS',
  'AUTH_JWT_PRIVATE_KEY',
]
const OURS = { api: SETTINGS.api, worker: SETTINGS.worker, migrate: SETTINGS.migration }

let file: SecretsFile
let settings: Readonly<Record<string, string | undefined>>
let compose: ComposeFile

beforeAll(async () => {
  file = await secretsFile()
  await file.write()
  settings = await file.read()
  compose = readCompose(settings)
})

afterAll(() => file[Symbol.asyncDispose]())

function serviceNamed(name: string): Service {
  const service = compose.services[name]
  if (service === undefined) throw new Error(`there is no service ${name}`)
  return service
}

const passedTo = (name: string): Record<string, string> => environmentOf(serviceNamed(name), settings)

test('the compose file is what the Compose Specification allows', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')))
  validate(readComposeText())
  expect(validate.errors).toBeNull()
})

describe('secrets', () => {
  const source = readComposeSource()
  const variables = Object.entries(source.services).flatMap(([service, { environment }]) =>
    Object.entries(environment).map(([name, value]) => ({ service, name, value })),
  )

  test('none stands in the file: each is a variable that has to be set', () => {
    const secret = variables.filter(({ name }) => /(PASSWORD|PWD|SECRET|TOKEN|KEY|KEYS)$/.test(name))
    expect(secret.length).toBeGreaterThanOrEqual(SECRETS.length)
    // What is only named is passed on where it is set.
    const written = secret.filter(({ value }) => value !== null && value !== undefined)
    for (const { value } of written) expect(value).toMatch(/^\$\{\w+:\?[^}]+\}$/)
    const urls = variables.filter(({ value }) => value?.includes('@'))
    expect(urls.length).toBeGreaterThan(0)
    for (const { value } of urls)
      expect(value).toMatch(/^postgresql:\/\/\w+:\$\{\w+:\?[^}]+\}@postgres:5432\/waymark$/)
  })

  test.each(SECRETS)('nothing starts without %s, and the message says how to get it', (name) => {
    const read = () => readCompose({ ...settings, [name]: '' })
    expect(read).toThrow(`${name} is not set - node deploy/make-secrets.mjs makes it`)
  })

  test('the example names what may be set and gives no secret', () => {
    const example = readFileSync(EXAMPLE, 'utf8')
    for (const name of SECRETS) expect(example).toMatch(new RegExp(`^${name}=$`, 'm'))
  })
})

describe('what our processes are given', () => {
  test('is complete: each reads its settings from it', () => {
    expect(readApiConfig(passedTo('api')).API_HOST).toBe('0.0.0.0')
    expect(readWorkerConfig(passedTo('worker')).WORKER_HEALTH_PORT).toBe(4001)
    expect(readMigrationConfig(passedTo('migrate')).DATABASE_URL.reveal()).toContain('@postgres:5432/waymark')
  })

  test.each(Object.entries(OURS))('is known to the %s, every name of it', (name, known) => {
    const unknown = Object.keys(serviceNamed(name).environment).filter(
      (variable) => !known.includes(variable) && !TEMPORAL.includes(variable),
    )
    expect(unknown).toEqual([])
  })

  test('lets migrations own the tables, and the API and the worker only use them', () => {
    const users = ['migrate', 'api', 'worker'].map(
      (name) => new URL(passedTo(name)['DATABASE_URL'] ?? '').username,
    )
    expect(users).toEqual(['waymark', 'waymark_app', 'waymark_app'])
  })

  test('leads nowhere over plain http but to Canvas hosts that are public', () => {
    for (const name of ['api', 'worker']) expect(passedTo(name)).not.toHaveProperty('CANVAS_DEV_HOSTS')
  })

  test('waits for tables and search attributes', () => {
    for (const name of ['api', 'worker']) {
      const { depends_on } = serviceNamed(name)
      const waits = ['migrate', 'temporal-namespace'].map((other) => depends_on[other]?.condition)
      expect(waits).toEqual(['service_completed_successfully', 'service_completed_successfully'])
    }
  })

  test('ends in its own time: containers are killed later than processes give up', () => {
    for (const name of ['api', 'worker'] as const) {
      const { stop_grace_period = '0s' } = serviceNamed(name)
      const grace = Number(passedTo(name)['SHUTDOWN_GRACE_SECONDS'])
      expect(Number(stop_grace_period.replace('s', ''))).toBeGreaterThan(grace)
    }
  })
})

describe('every service', () => {
  const services = Object.entries(readComposeSource().services)

  const runsOnce = ([name]: [string, Service]): boolean =>
    services.some(([, { depends_on }]) => depends_on[name]?.condition === 'service_completed_successfully')

  test.each(services.filter((service) => !runsOnce(service)))(
    '%s, which stays, tells whether it is well and comes back',
    (_, { healthcheck, restart }) => {
      expect(healthcheck?.test?.[0]).toBe('CMD')
      expect(restart).toBe('unless-stopped')
    },
  )

  test.each(services.filter(runsOnce))('%s runs once and is not started again', (_, { restart }) => {
    expect(restart).toBe('no')
  })

  test.each(services)('%s can gain no rights and has a limit of memory', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toContain('no-new-privileges:true')
    expect(service.deploy.resources.limits.memory).toMatch(/^\d+[mg]$/)
  })

  test.each(services)('%s runs an image of one version', (name) => {
    expect(serviceNamed(name).image).toMatch(/^[\w/-]+:\d+\.\d+(\.\d+)?(-\w+)?$/)
  })

  test.each(services.filter(([, { build }]) => build !== undefined))(
    '%s, being ours, is not root and cannot write',
    (_, { user, read_only }) => {
      expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
      expect(read_only).toBe(true)
    },
  )
})

describe('the network', () => {
  test('has two doors, both on this machine alone unless told otherwise: the API and the console of Temporal', () => {
    const { services } = readCompose({ ...settings, API_PUBLISH: '' })
    const doors = Object.entries(services).flatMap(([name, { ports }]) => ports.map((port) => [name, port]))
    expect(Object.fromEntries(doors)).toEqual({
      api: '127.0.0.1:4000:4000',
      'temporal-ui': '127.0.0.1:8233:8080',
    })
  })

  test('opens no other door to the console than loopback, whatever is set', () => {
    const ports = readComposeSource().services['temporal-ui']?.ports
    expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)])
  })

  test('hides databases and Temporal from outside', () => {
    for (const name of ['postgres', 'temporal', 'temporal-schema', 'temporal-namespace', 'migrate']) {
      const open = serviceNamed(name).networks.filter(
        (network) => compose.networks[network]?.internal !== true,
      )
      expect(open).toEqual([])
    }
  })
})

test('the console of Temporal can change nothing', () => {
  const locks = Object.entries(passedTo('temporal-ui')).filter(([name]) =>
    /DISABLE_WRITE|_DISABLED$/.test(name),
  )
  expect(locks.length).toBeGreaterThanOrEqual(8)
  expect(locks.filter(([, value]) => value !== 'true')).toEqual([])
})

test('runs find their search attributes registered', () => {
  const script = readFileSync(NAMESPACE_SCRIPT, 'utf8')
  const listed = [...script.matchAll(/\b(\w+)=(Keyword|Int)\b/g)].map(([, name, type]) => [
    name,
    type?.toUpperCase(),
  ])
  expect(Object.fromEntries(listed)).toEqual(SEARCH_ATTRIBUTES)
})
