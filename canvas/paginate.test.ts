import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { nextLink } from './link-header.ts'
import { paginate } from './paginate.ts'
import { openHttp, startScriptedServer } from './testing/scripted-server.ts'

const Row = z.object({ id: z.string() })
type Page = { rows: string[]; next?: string }

/** Serves `/list?page=<name>` from a table; `{origin}` in a link stands for the server's own. */
async function read(pages: Record<string, Page>) {
  await using server = await startScriptedServer((request, response) => {
    const page = pages[new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '1']
    const link = page?.next?.replace('{origin}', server.origin)
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'application/json',
      ...(link === undefined
        ? {}
        : { link: `<${server.origin}/list?page=1>; rel="first", <${link}>; rel="next"` }),
    })
    response.end(JSON.stringify(page?.rows.map((id) => ({ id })) ?? { errors: [] }))
  })
  await using http = openHttp([server])
  const outcome = await paginate(http, '/list', Row, 'the list').catch((error: unknown) => ({ error }))
  return { outcome, asked: server.seen.length, origins: server.seen.map(({ headers }) => headers.host) }
}

describe('paginate()', () => {
  test('follows numbered and bookmarked pages and gives each item once, in order', async () => {
    const { outcome } = await read({
      '1': { rows: ['a', 'b'], next: '{origin}/list?page=bookmark:x' },
      'bookmark:x': { rows: ['b', 'c'], next: '/list?page=3' },
      '3': { rows: ['c', 'a', 'd'] },
    })
    expect(outcome).toEqual({ items: ['a', 'b', 'c', 'd'].map((id) => ({ id })), truncated: false })
  })

  test('stops at 25 pages and says that more was there', async () => {
    const pages = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        String(index + 1),
        { rows: [`row${index + 1}`], next: `{origin}/list?page=${index + 2}` },
      ]),
    )
    const { outcome, asked } = await read(pages)
    expect(asked).toBe(25)
    expect(outcome).toMatchObject({ truncated: true, items: { length: 25 } })
  })

  test('ends when the next page is one it has read', async () => {
    const { outcome, asked } = await read({
      '1': { rows: ['a'], next: '{origin}/list?page=2' },
      '2': { rows: [], next: '{origin}/list?page=2' },
    })
    expect([outcome, asked]).toEqual([{ items: [{ id: 'a' }], truncated: false }, 2])
  })

  test.each([
    'https://evil.school.edu/list?page=2',
    'http://127.0.0.1:1/list?page=2',
    'http://canvas.school.edu/list?page=2',
    '//evil.school.edu/list',
    'file:///etc/passwd',
    'http://[broken',
  ])('refuses a next page at %s', async (next) => {
    const { outcome, asked } = await read({ '1': { rows: ['a'], next } })
    expect(outcome).toMatchObject({ error: { code: 'CANVAS_UNREACHABLE', canvas: { kind: 'foreign_link' } } })
    expect(asked).toBe(1)
  })

  test('never turns an error into an empty or shorter list', async () => {
    const { outcome } = await read({ '1': { rows: ['a'], next: '{origin}/list?page=9' } })
    expect(outcome).toMatchObject({ error: { code: 'CANVAS_NOT_FOUND' } })
  })
})

describe('nextLink()', () => {
  test.each([
    ['<https://c/x?page=2>; rel="next"', 'https://c/x?page=2'],
    [
      '<https://c/x?a=1,2>; rel="current",<https://c/x?page=2>;rel=next,<https://c/x?page=9>;rel="last"',
      'https://c/x?page=2',
    ],
    ['<https://c/2>; title="a"; REL="prev next"', 'https://c/2'],
    ['<https://c/1>; rel="prev", <https://c/0>; rel="first"', null],
    ['<https://c/1>; rel="nextish"', null],
    ['<https://c/1>; rel=next2', null],
    ['nonsense', null],
    ['', null],
    [undefined, null],
  ])('reads %s', (header, address) => {
    expect(nextLink(header)).toBe(address)
  })
})
