import { jsonrepair } from 'jsonrepair'
import type { z } from 'zod'

import { parseJson } from '../../../contract/parse-json.ts'

/** An answer of the wanted form, or what is wrong with it, in words a model can act on. */
export type ReadAnswer<A> =
  | { readonly ok: true; readonly answer: A }
  | { readonly ok: false; readonly issues: readonly string[] }

const MOST_ISSUES = 12

function repairJson(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text))
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/** The part of a text from its first `{` to its last `}`: prose and fences around an object fall away. */
function sliceObject(text: string): string {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  return from >= 0 && to > from ? text.slice(from, to + 1) : text
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.length === 0 ? 'the answer' : issue.path.join('.')}: ${issue.message}`
}

/**
 * Reads a model's answer: as JSON, else the object within it, else that object mended; then against its schema.
 * Never call it with an answer that was cut short: mending would make a whole of a part.
 */
export function readAnswer<A>(text: string, schema: z.ZodType<A>): ReadAnswer<A> {
  const object = sliceObject(text)
  const value = parseJson(text) ?? parseJson(object) ?? repairJson(object)
  if (typeof value !== 'object' || value === null)
    return { ok: false, issues: ['the answer holds no JSON object'] }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, answer: parsed.data }
  return { ok: false, issues: parsed.error.issues.slice(0, MOST_ISSUES).map(describe) }
}
