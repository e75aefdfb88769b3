import { z } from 'zod'

import { parseJson } from '../contract/parse-json.ts'

const Price = z.strictObject({
  input: z.number().min(0),
  /** Input the provider had in its cache; as other input where none is given. */
  cached_input: z.number().min(0).optional(),
  output: z.number().min(0),
})

/** US dollars for a million tokens, by `provider:model`. */
export type PriceTable = ReadonlyMap<string, z.infer<typeof Price>>

const FORM =
  'must be JSON such as {"openai:some-model":{"input":2.5,"cached_input":0.25,"output":10}}, US dollars for a million tokens'

/** Reads a table of prices; no price of any model stands in the code, since they change. */
export const Prices = z
  .string()
  .default('{}')
  .transform((text, context): PriceTable => {
    const parsed = z.record(z.string(), Price).safeParse(parseJson(text))
    if (parsed.success) return new Map(Object.entries(parsed.data))
    context.addIssue({ code: 'custom', message: FORM })
    return new Map()
  })

export interface PricedTokens {
  readonly provider: string
  readonly model: string
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
}

/** What a call has cost in millionths of a US dollar, rounded up; null where no price is known, which is not nothing. */
export function costOf(prices: PriceTable, call: PricedTokens): number | null {
  const price = prices.get(`${call.provider}:${call.model}`)
  if (price === undefined) return null
  const cached = Math.min(call.cached_input_tokens, call.input_tokens)
  const fresh = call.input_tokens - cached
  // A dollar for a million tokens is a millionth of a dollar for each.
  const exact =
    fresh * price.input + cached * (price.cached_input ?? price.input) + call.output_tokens * price.output
  return Math.ceil(exact - 1e-9)
}
