import type { HostileCase } from './hostile-case.ts'

/** Web pages made to exhaust or confuse a reader; they continue the numbering. */
export const HTML_CASES: readonly HostileCase[] = [
  {
    id: 34,
    slow: true,
    title: 'tags nested 200 thousand deep',
    allows: ['CORRUPT', 'PARSE_TIMEOUT', 'PARSE_MEMORY'],
    build: () => page('<div>'.repeat(200_000) + 'x'),
  },
  {
    id: 35,
    title: 'formatting that multiplies at each paragraph',
    allows: ['ok', 'CORRUPT', 'PARSE_TIMEOUT', 'PARSE_MEMORY'],
    build: multiplying,
  },
  {
    id: 36,
    slow: true,
    title: 'a table row of 100 thousand cells',
    allows: ['ok', 'PARSE_TIMEOUT', 'PARSE_MEMORY'],
    build: () => page(`<table><tr>${'<td>x'.repeat(100_000)}</table>`),
  },
]

function page(body: string): Buffer {
  return Buffer.from(`<!doctype html><html><body>${body}</body></html>`)
}

function multiplying(): Buffer {
  const marks = Array.from({ length: 5000 }, (_, index) => `<b id=${index}>`).join('')
  return page(`<p>${marks}${'<p>x'.repeat(50_000)}`)
}
