import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Secret } from './secret.ts'

const CANARY = '7236~canaryCanaryCanaryCanary'

describe('Secret', () => {
  const secret = new Secret(CANARY)

  test('gives its value back on request only', () => {
    expect(secret.reveal()).toBe(CANARY)
  })

  test.each([
    ['joined text', ['key', secret].join(' ')],
    ['string concatenation', 'key: ' + String(secret)],
    ['JSON', JSON.stringify({ deep: { list: [secret] } })],
    ['inspect', inspect({ secret }, { depth: 10, showHidden: true })],
    ['format', format('%s %o %O %j', secret, secret, secret, secret)],
    ['its own keys', JSON.stringify(Object.entries(secret))],
    ['a copy of its properties', JSON.stringify(Object.assign({}, secret))],
    ['a structured clone', inspect(structuredClone(secret))],
  ])('does not show in %s', (_name, text) => {
    expect(text).not.toContain('canary')
  })

  test('holds values other than strings', () => {
    expect(new Secret({ id: 1 }).reveal()).toEqual({ id: 1 })
  })
})
