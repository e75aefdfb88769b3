import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createOpenApiDocument } from '../../api/openapi/document.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { grantScopes } from '../../db/intents/scopes.ts'
import { Marking } from '../marking.ts'
import { planOf } from '../ready-plan.ts'
import { serveApi, type Member, type TestApi } from '../serve-api.ts'
import { spoiled, ValuesOf } from './arbitrary-of-schema.ts'
import { Judge } from './judge.ts'
import { Document, type Operation, type Schema } from './schema.ts'

const CASES = 20
const STREAM = 'text/event-stream'
const JSON_TYPES = ['application/json', 'application/problem+json']

// The routes are those of the document that is served: document.test.ts holds the two to be the same.
const document = Document.parse(JSON.parse(JSON.stringify(createOpenApiDocument())))
const values = new ValuesOf(document)
const judge = new Judge(document)
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)

let api: TestApi
let member: Member
let known: Readonly<Record<string, string>>
const answered = new Map<number, number>()
beforeAll(async () => {
  const most = '10000/1'
  api = await serveApi({
    LIMIT_JOB_USER: most,
    LIMIT_JOB_TENANT: most,
    LIMIT_LOGIN_ADDRESS: most,
    LIMIT_REGISTER_ADDRESS: most,
    LIMIT_REFRESH_ADDRESS: most,
    LIMIT_SUBMISSION_USER: most,
    LIMIT_START_USER: most,
    LIMIT_REPROCESS_USER: most,
  })
  const { email, password, ...joined } = await api.join()
  await grantScopes(api.database.db.write, { email, scopes: SCOPES, platform: false })
  const { body } = await api.call('POST', '/auth/login', { body: { email, password } })
  member = { email, password, ...joined, token: body.access_token }
  await new Marking(api, member, '1').begin(planOf({ first: ['task-1'], second: ['task-2'] }))
  const job = await api.call('POST', '/jobs', {
    token: member.token,
    body: { task_description: 'Do one thing' },
  })
  known = {
    course_id: '1',
    assignment_id: '1',
    job_id: job.body.id,
    worker_id: job.body.worker_id,
    milestone_id: 'first',
    file: 'swagger-ui.css',
  }
})
afterAll(() => api[Symbol.asyncDispose]())

type Described = (typeof operations)[number]

interface Case {
  readonly parameters: Readonly<Record<string, unknown>>
  /** Whether ids are of what is there. */
  readonly useKnown: boolean
  readonly body: unknown
}

function casesOf({ parameters, requestBody }: Operation): fc.Arbitrary<Case> {
  const one = ({ schema, required, in: place }: Operation['parameters'][number]) =>
    place === 'path' || required === true
      ? values.of(schema)
      : fc.option(values.of(schema), { nil: undefined })
  const named = Object.fromEntries(parameters.map((each) => [each.name, one(each)]))
  return fc.record({
    parameters: fc.record(named),
    useKnown: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, fc.constant(false)),
    body: bodiesOf(requestBody?.content['application/json']?.schema),
  })
}

function bodiesOf(schema: Schema | undefined): fc.Arbitrary<unknown> {
  if (schema === undefined) return fc.constant(undefined)
  const fitting = values.of(schema)
  return fc.oneof(fitting, fitting.chain(spoiled))
}

function request(path: string, method: string, operation: Operation, { parameters, useKnown, body }: Case) {
  const of = (place: string) =>
    operation.parameters.filter((each) => each.in === place && parameters[each.name] !== undefined)
  const text = (name: string) => String((useKnown ? known[name] : undefined) ?? parameters[name])
  const concrete = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(text(name) || '-'))
  const query = new URLSearchParams(
    Object.fromEntries(of('query').map(({ name }) => [name, String(parameters[name])])),
  )
  // What is no header never reaches a server.
  const headers = of('header').map(({ name }) => [
    name,
    String(parameters[name]).replace(/[^\x21-\x7e]/g, ''),
  ])
  const isFile = operation.requestBody?.content['application/octet-stream'] !== undefined
  const raw = isFile ? 'some words of a student' : body === undefined ? undefined : JSON.stringify(body)
  const type = isFile ? 'text/plain' : 'application/json'
  return {
    url: `${api.origin}${concrete}?${query.toString()}`,
    init: {
      method: method.toUpperCase(),
      headers: {
        ...Object.fromEntries(headers),
        authorization: `Bearer ${member.token}`,
        ...(raw === undefined ? {} : { 'content-type': type }),
      },
      ...(raw === undefined ? {} : { body: raw }),
    },
  }
}

async function answerTo(path: string, method: string, operation: Operation, one: Case) {
  const { url, init } = request(path, method, operation, one)
  const leaving = new AbortController()
  const response = await fetch(url, { ...init, signal: leaving.signal })
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  if (type === STREAM) leaving.abort()
  const text = type === STREAM ? '' : await response.text()
  return {
    status: response.status,
    type,
    body: JSON_TYPES.includes(type) ? JSON.parse(text) : undefined,
    url,
  }
}

/** What is wrong with how a request was answered; null when nothing is. */
async function faultOf({ path, method, operation }: Described, one: Case): Promise<string | null> {
  const { status, type, body, url } = await answerTo(path, method, operation, one)
  answered.set(status, (answered.get(status) ?? 0) + 1)
  const told = `${method} ${url} ${JSON.stringify(one.body)} → ${status} ${JSON.stringify(body)}`
  if (status >= 500) return `our fault: ${told}`
  if (operation.responses[status] === undefined) return `not documented: ${told}`
  const place = ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
  const fault = JSON_TYPES.includes(type) ? judge.fault(place, body) : null
  if (fault !== null) return `${fault}: ${told}`
  const asked = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']
  const isWrong = one.body !== undefined && judge.fault(asked, one.body) !== null
  return isWrong && status < 400 ? `an invalid body was accepted: ${told}` : null
}

describe('every route of the document', () => {
  test.each(operations.map((each) => [`${each.method.toUpperCase()} ${each.path}`, each] as const))(
    '%s answers whatever is sent as it says it does',
    async (_, described) => {
      const property = fc.asyncProperty(casesOf(described.operation), async (one) => {
        expect(await faultOf(described, one)).toBeNull()
      })
      await fc.assert(property, { numRuns: CASES, endOnFailure: true })
    },
  )

  test('carried a good part of the requests out and refused a good part', () => {
    const all = [...answered]
    const count = (isCounted: (status: number) => boolean) =>
      all.reduce((sum, [status, times]) => sum + (isCounted(status) ? times : 0), 0)
    const sent = count(() => true)
    process.stdout.write(`${sent} requests over ${operations.length} routes: ${JSON.stringify(all)}\n`)
    expect(sent).toBeGreaterThanOrEqual(CASES * operations.length)
    expect(count((status) => status < 300) / sent).toBeGreaterThan(0.2)
    expect(count((status) => status === 422) / sent).toBeGreaterThan(0.2)
  })
})

test('an answer that lacks a key, or has one of another kind, is found wrong', () => {
  const place = ['paths', '/auth/me', 'get', 'responses', '200', 'content', 'application/json', 'schema']
  const { user_id, email, workspace_id } = member
  const account = { user_id, email, workspace_id, scopes: [], created_at: new Date().toISOString() }
  expect(judge.fault(place, account)).toBeNull()
  expect(judge.fault(place, { ...account, scopes: 'all' })).toContain('scopes must be array')
  expect(judge.fault(place, { ...account, created_at: 'now' })).toContain('date-time')
  expect(judge.fault(place, { user_id })).toContain('required')
})
