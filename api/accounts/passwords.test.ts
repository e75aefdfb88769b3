import { Buffer } from 'node:buffer'
import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'

import { createPasswords } from './passwords.ts'

const passwords = createPasswords()
const today = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

describe('a password', () => {
  test('is right for its own hash alone', async () => {
    const hashed = await passwords.hash('correct horse')
    expect(await passwords.verify(hashed, 'correct horse')).toBe(true)
    expect(await passwords.verify(hashed, 'correct hors')).toBe(false)
    expect(await passwords.verify(null, 'correct horse')).toBe(false)
    expect(await passwords.verify(null, '')).toBe(false)
  })

  test('is hashed anew each time', async () => {
    const [one, two] = await Promise.all([passwords.hash('same'), passwords.hash('same')])
    expect(one).not.toBe(two)
  })

  test('is turned away when too many wait, and taken again afterwards', async () => {
    const results = await Promise.allSettled(Array.from({ length: 260 }, () => passwords.hash('x')))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(await passwords.hash('x')).toMatch(/^\$argon2id\$/)
  })
})

describe('a hash', () => {
  test('made today is not dated', async () => {
    expect(passwords.isDated(await passwords.hash('x'))).toBe(false)
  })

  test.each([
    ['memory', { ...today, memoryCost: 8_192 }],
    ['time', { ...today, timeCost: 1 }],
    ['parallelism', { ...today, parallelism: 2 }],
  ])('with another %s is dated', async (_, parameters) => {
    expect(passwords.isDated(await hash('x', parameters))).toBe(true)
  })

  test('of another algorithm is dated', async () => {
    const salt = Buffer.alloc(16).toString('base64url')
    expect(passwords.isDated(`$argon2i$v=19$m=19456,t=2,p=1$${salt}$${salt}`)).toBe(true)
  })
})
