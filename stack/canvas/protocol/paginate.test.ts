import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paginate, type PageRequest } from './paginate.ts'

const ADDRESS = 'http://canvas.test/api/v1/courses'
const NO_QUIRKS = { foreignNext: false, noLast: false, duplicateRows: false }

function page(rows: readonly number[], query: string, part: Partial<PageRequest> = {}) {
  const asked = { address: ADDRESS, query: new URLSearchParams(query), maxPerPage: 100, quirks: NO_QUIRKS }
  const reply = paginate(rows, { ...asked, style: 'numbered', ...part })
  const links = (reply.headers['link'] ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)
  const rels = Object.fromEntries([...links].map(([, url, rel]) => [rel, url]))
  return { rows: reply.body.kind === 'json' ? (reply.body.value as number[]) : [], rels }
}

function walk(rows: readonly number[], query: string, part: Partial<PageRequest> = {}): number[] {
  const seen: number[] = []
  let next: string | undefined = `${ADDRESS}?${query}`
  while (next !== undefined) {
    const shown = page(rows, new URL(next).search, part)
    seen.push(...shown.rows)
    next = shown.rels['next']
  }
  return seen
}

describe('paginate()', () => {
  test('shows every row once to whoever follows next, in both styles', () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('numbered', 'bookmarked'),
        (n, perPage, style) => {
          const rows = Array.from({ length: n }, (_, index) => index)
          expect(walk(rows, `per_page=${perPage}`, { style })).toEqual(rows)
        },
      ),
    )
  })

  test('shows ten rows unless asked otherwise, and never more than the install grants', () => {
    const rows = Array.from({ length: 200 }, (_, index) => index)
    expect(page(rows, '').rows).toHaveLength(10)
    expect(page(rows, 'per_page=500').rows).toHaveLength(100)
    expect(page(rows, 'per_page=500', { maxPerPage: 50 }).rows).toHaveLength(50)
  })

  test('keeps the rest of the query in its absolute links', () => {
    const { rels } = page([1, 2, 3], 'include[]=term&include[]=syllabus_body&per_page=2')
    const next = new URL(rels['next'] ?? '')
    expect(next.origin + next.pathname).toBe(ADDRESS)
    expect(next.searchParams.getAll('include[]')).toEqual(['term', 'syllabus_body'])
  })

  test('names bookmark pages by a cursor and does not tell the last one', () => {
    const { rels } = page([1, 2, 3], 'per_page=2', { style: 'bookmarked' })
    expect(new URL(rels['next'] ?? '').searchParams.get('page')).toMatch(/^bookmark:[\w-]+$/)
    expect(rels).not.toHaveProperty('last')
  })

  test('repeats a row over the border of two pages when told to', () => {
    const quirks = { ...NO_QUIRKS, duplicateRows: true }
    expect(walk([1, 2, 3, 4], 'per_page=2', { quirks })).toEqual([1, 2, 2, 3, 4])
  })

  test('sends next to another host, and leaves last out, when told to', () => {
    const quirks = { ...NO_QUIRKS, foreignNext: true, noLast: true }
    const { rels } = page([1, 2, 3], 'per_page=2', { quirks })
    expect(new URL(rels['next'] ?? '').host).toBe('canvas.lookalike.example')
    expect(new URL(rels['next'] ?? '').pathname).toBe('/api/v1/courses')
    expect(rels).not.toHaveProperty('last')
  })
})
