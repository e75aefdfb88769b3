import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { PROBLEMS } from '../../contract/problem.ts'
import { ROUTES, type Route } from '../../contract/routes.ts'
import { serveApi, type TestApi } from '../../test/serve-api.ts'
import { createOpenApiDocument } from './document.ts'

type Operation = Record<string, unknown> & {
  readonly responses: Readonly<
    Record<string, { readonly content?: Record<string, unknown>; readonly headers?: Record<string, unknown> }>
  >
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

const document = createOpenApiDocument()
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
    path,
    method,
    operation,
  })),
)
const operationOf = ({ path, method }: Route): Operation => {
  const found = operations.find((entry) => entry.path === path && entry.method === method)
  if (found === undefined) throw new Error(`${method} ${path} is not described`)
  return found.operation
}

let api: TestApi
beforeAll(async () => {
  api = await serveApi()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('the OpenAPI document', () => {
  test('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(document.openapi).toMatch(/^3\.1\./)
  })

  test('describes exactly the routes there are', () => {
    const described = operations.map(({ path, method }) => `${method} ${path}`).toSorted()
    const declared = Object.values<Route>(ROUTES)
      .map(({ path, method }) => `${method} ${path}`)
      .toSorted()
    expect(described).toEqual(declared)
  })

  test.each(operations.map(({ method, path }) => [method, path] as const))(
    '%s %s is mounted',
    async (method, path) => {
      const concrete = path
        .replace('{file}', 'swagger-ui.css')
        .replace('{stage}', 'draft_plan')
        .replace(/\{\w+\}/g, '1')
      const { status, headers } = await api.call(method.toUpperCase(), concrete)
      expect(headers.get('allow')).toBeNull()
      expect(status).not.toBe(404)
    },
  )

  test.each(Object.values<Route>(ROUTES).map((route) => [route.operation, route] as const))(
    '%s says what it is for and every problem it can answer',
    (_, route) => {
      const operation = operationOf(route)
      expect(operation['summary']).toBeTruthy()
      expect(operation['description']).toBeTruthy()
      const common = route.access === 'none' ? [500, 503] : [401, 403, 422, 429, 500, 503]
      for (const status of [...common, ...route.problems.map((code) => PROBLEMS[code].status)]) {
        expect(operation.responses[status]?.content).toHaveProperty(['application/problem+json'])
      }
      for (const status of Object.keys(route.answers)) expect(operation.responses).toHaveProperty([status])
    },
  )

  test('describes keys, versions, streams and who may call', () => {
    const names = (route: Route) => operationOf(route).parameters?.map((parameter) => parameter.name)
    expect(names(ROUTES.startAssignment)).toContain('Idempotency-Key')
    expect(names(ROUTES.deleteCanvasCredentials)).toContain('Idempotency-Key')
    expect(names(ROUTES.getPlan)).toContain('If-None-Match')
    expect(operationOf(ROUTES.getPlan).responses).toHaveProperty(['304'])
    expect(names(ROUTES.markTask)).toEqual(expect.arrayContaining(['If-Match', 'Idempotency-Key']))
    expect(names(ROUTES.getProgress)).not.toContain('If-Match')
    expect(operationOf(ROUTES.getPlan).responses['200']?.headers).toHaveProperty('ETag')
    expect(names(ROUTES.streamAssignmentEvents)).toEqual(
      expect.arrayContaining(['Last-Event-ID', 'after', 'ticket']),
    )
    expect(operationOf(ROUTES.streamAssignmentEvents).responses['200']?.content).toHaveProperty([
      'text/event-stream',
    ])
    expect(operationOf(ROUTES.me)['security']).toEqual([{ access_token: [] }])
    expect(operationOf(ROUTES.login)['security']).toEqual([])
  })

  test('is what GET /openapi.json answers', async () => {
    const { status, body } = await api.call('GET', '/openapi.json')
    expect(status).toBe(200)
    expect(body).toEqual(JSON.parse(JSON.stringify(document)))
  })
})

describe('the page for people', () => {
  test('loads nothing from elsewhere and nothing inline', async () => {
    const { status, text, headers } = await api.call('GET', '/docs')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:/)
    expect(text).not.toMatch(/https?:|<style|style=|<script>|\son\w+=/)
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file)
    expect(files.length).toBeGreaterThanOrEqual(4)
    for (const file of files) expect((await api.call('GET', `/${file}`)).status).toBe(200)
  })

  test.each(['index.html', 'swagger-ui-bundle.js.map', '..%2fdocs.ts', '__proto__', 'toString'])(
    'gives away no other file, such as %s',
    async (file) => {
      expect((await api.call('GET', `/docs/${file}`)).status).toBe(404)
    },
  )
})
