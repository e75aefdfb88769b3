import { expect, test } from 'vitest'
import { SignedUrls, storedName } from './signed-urls.ts'

test('a signature opens its own file and no other, for fifteen minutes', () => {
  let now = new Date('2026-03-02T15:00:00Z')
  const urls = new SignedUrls(() => now)
  const token = urls.sign(7002n)
  expect(urls.opens(7002n, token)).toBe(true)
  expect(urls.opens(7003n, token)).toBe(false)
  expect(
    urls.opens(
      7002n,
      token.replace(/^\d+/, (expires) => String(Number(expires) + 60)),
    ),
  ).toBe(false)
  expect(urls.opens(7002n, '')).toBe(false)
  now = new Date('2026-03-02T15:14:59Z')
  expect(urls.opens(7002n, token)).toBe(true)
  now = new Date('2026-03-02T15:15:00Z')
  expect(urls.opens(7002n, token)).toBe(false)
})

test('a signature of another sandbox opens nothing', () => {
  const now = () => new Date('2026-03-02T15:00:00Z')
  expect(new SignedUrls(now).opens(7002n, new SignedUrls(now).sign(7002n))).toBe(false)
})

test('the store names files by a UUID that stays the same', () => {
  expect(storedName(7002n)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/)
  expect(storedName(7002n)).toBe(storedName(7002n))
  expect(storedName(7002n)).not.toBe(storedName(7003n))
})
