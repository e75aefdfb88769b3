import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { costOf, Prices } from './prices.ts'

const table = Prices.parse(
  '{"openai:big":{"input":2.5,"cached_input":0.25,"output":10},"google:flat":{"input":1,"output":4}}',
)
const call = {
  provider: 'openai',
  model: 'big',
  input_tokens: 1_000,
  cached_input_tokens: 0,
  output_tokens: 100,
}

describe('costOf()', () => {
  test('counts input, cached input and output at their own prices', () => {
    expect(costOf(table, call)).toBe(3_500)
    expect(costOf(table, { ...call, cached_input_tokens: 800 })).toBe(1_700)
  })

  test('takes cached input for other input where it has no price', () => {
    const flat = { ...call, provider: 'google', model: 'flat', cached_input_tokens: 500 }
    expect(costOf(table, flat)).toBe(1_400)
  })

  test('knows no price for a model that is not listed, and does not call it free', () => {
    expect(costOf(table, { ...call, model: 'other' })).toBeNull()
  })

  test('is a whole number that never falls when more is used', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), (input, cached, output) => {
        const one = {
          ...call,
          input_tokens: input + cached,
          cached_input_tokens: cached,
          output_tokens: output,
        }
        const cost = costOf(table, one) ?? -1
        expect(Number.isInteger(cost)).toBe(true)
        expect(costOf(table, { ...one, output_tokens: output + 1 }) ?? -1).toBeGreaterThanOrEqual(cost)
      }),
    )
  })
})

test.each([
  '{',
  '[]',
  '{"a":{"input":-1,"output":1}}',
  '{"a":{"input":1}}',
  '{"a":{"input":1,"output":1,"per":"token"}}',
])('a table such as %s is refused with an example', (text) => {
  expect(Prices.safeParse(text).error?.issues[0]?.message).toContain('"output":10')
})
