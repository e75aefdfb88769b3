import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES, type Route } from '../contract/routes.ts'
import { SCOPES } from '../contract/scopes.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type TestApi } from '../test/serve-api.ts'

let api: TestApi
let token: string
beforeAll(async () => {
  api = await serveApi()
  token = (await joinWith(api, SCOPES)).token
})
afterAll(() => api[Symbol.asyncDispose]())

// A blank: no id of any kind, and no name a person may give a project.
const MALFORMED = '%20'
const WITH_IDS = Object.entries<Route>(ROUTES).filter(
  ([, { path }]) => /\{\w+\}/.test(path) && !path.startsWith('/docs'),
)
const LISTS = Object.entries<Route>(ROUTES).filter(
  ([, { query }]) => query !== undefined && 'limit' in query.shape,
)

/** Contract §1: 400 under /masterplans, 422 everywhere else. */
const refusalOf = (path: string): readonly [number, string] =>
  path.startsWith('/masterplans') ? [400, 'INVALID_REQUEST'] : [422, 'VALIDATION_FAILED']

describe('a malformed id', () => {
  test.each(WITH_IDS)('of %s is refused as its contract says, whatever else is sent', async (_, route) => {
    const path = route.path.replaceAll(/\{\w+\}/g, MALFORMED)
    const hasBody = route.method !== 'get' && route.method !== 'delete'
    for (const body of hasBody ? [undefined, {}, { unknown: 1 }] : [undefined]) {
      const { status, body: problem } = await api.call(route.method.toUpperCase(), path, { token, body })
      expect([status, problem.code]).toEqual(refusalOf(route.path))
    }
  })
})

describe('a malformed filter', () => {
  test.each(LISTS)('of %s is refused as its contract says', async (_, { path, method }) => {
    const ids = path.replaceAll('{course_id}', '1').replaceAll('{assignment_id}', '2')
    const at = ids.replaceAll(/\{\w+\}/g, '0190f0f0-0000-7000-8000-000000000000')
    const { status, body } = await api.call(method.toUpperCase(), `${at}?limit=many`, { token })
    expect([status, body.code]).toEqual(refusalOf(path))
  })
})
