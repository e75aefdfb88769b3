import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES, type Route } from '../contract/routes.ts'
import { SCOPES } from '../contract/scopes.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

let api: TestApi
let member: Member
beforeAll(async () => {
  api = await serveApi()
  member = await joinWith(api, SCOPES)
})
afterAll(() => api[Symbol.asyncDispose]())

const UUID = '0b9f3c1e-5a7d-4e2b-9c46-8d1f2a3b4c5d'
const WELL_FORMED: Readonly<Record<string, string>> = {
  course_id: '2101',
  assignment_id: '5101',
  milestone_id: 'draft',
  stage: 'draft_plan',
  masterplan_id: UUID,
  workflow_id: UUID,
  job_id: 'j_0123456789ab',
  worker_id: 'w_0123456789ab',
}
// A project is named by whoever starts a build, and a file by whoever made it: any text may name one.
const FREE = new Set(['project_id', 'path', 'file'])
const MALFORMED = ['not an id', '%27;--', `${UUID}_`, '-1']

/** Contract §1: 400 under /masterplans, 422 everywhere else. */
const refusalOf = ({ path }: Route): readonly [number, string] =>
  path.startsWith('/masterplans') ? [400, 'INVALID_REQUEST'] : [422, 'VALIDATION_FAILED']

const namesIn = ({ path }: Route): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (FREE.has(name) ? [] : [name]))

const ASKED = Object.values<Route>(ROUTES).flatMap((route) =>
  namesIn(route).map((name) => ({ ...route, name })),
)

const LISTS = Object.values<Route>(ROUTES).filter(
  ({ query }) => query !== undefined && 'limit' in query.shape,
)

function fill({ path }: Route, given: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(given[name] ?? WELL_FORMED[name] ?? UUID),
  )
}

describe('a malformed id in the path', () => {
  test.each(ASKED)('is named as $name on $method $path: 400 under /masterplans, else 422', async (route) => {
    for (const value of MALFORMED) {
      const { status, body } = await api.call(
        route.method.toUpperCase(),
        fill(route, { [route.name]: value }),
        { token: member.token, ...(route.method !== 'get' && { body: {} }) },
      )
      expect([status, body.code, body.errors?.[0].pointer]).toEqual([...refusalOf(route), route.name])
    }
  })
})

test.each(LISTS)(
  'a malformed filter is named on $method $path: 400 under /masterplans, else 422',
  async (route) => {
    const { status, body } = await api.call('GET', `${fill(route)}?limit=many`, { token: member.token })
    expect([status, body.code, body.errors?.[0].pointer]).toEqual([...refusalOf(route), 'limit'])
  },
)
