import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'
import { z } from 'zod'

const Lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
const LOCK = Lock.parse(JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')))

function resolvedVersions(name: string): string[] {
  return Object.entries(LOCK.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .flatMap(([, { version }]) => version ?? [])
}

function isAtLeast(version: string, floor: string): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10))
  const bars = floor.split('.').map(Number)
  const at = bars.findIndex((bar, index) => parts[index] !== bar)
  return at === -1 || (parts[at] ?? 0) > (bars[at] ?? 0)
}

// npm audit cannot see copies bundled into other packages, so the floors are held here.
test.each([
  ['mammoth', '1.13.0', 'CVE-2025-11849 reads files, CVE-2026-97151 pollutes prototypes'],
  ['@xmldom/xmldom', '0.8.15', 'entity and serialisation flaws'],
  ['yauzl', '3.2.1', 'a crash on malformed archives'],
])('every installed %s is at least %s (%s)', (name, floor) => {
  const versions = resolvedVersions(name)
  expect(versions).not.toEqual([])
  expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([])
})

test('no installed pdfjs-dist runs script out of a PDF (CVE-2026-16633: from 5.6.83, before 6.2.108)', () => {
  const versions = resolvedVersions('pdfjs-dist')
  expect(versions).not.toEqual([])
  expect(
    versions.filter((version) => isAtLeast(version, '5.6.83') && !isAtLeast(version, '6.2.108')),
  ).toEqual([])
})

test('versions compare by number, not by letter', () => {
  expect(isAtLeast('1.13.0', '1.9.9')).toBe(true)
  expect(isAtLeast('0.8.9', '0.8.15')).toBe(false)
  expect(isAtLeast('3.2.1', '3.2.1')).toBe(true)
})
