import { z } from 'zod'

import { ApiProblem, type FieldError } from '../contract/problem.ts'
import { fieldErrors, jsonPointer, wordIssue } from './word-issue.ts'

const SHOWN_ERRORS = 3
const Nothing = z.strictObject({})

/** Parses the parameters of a path or a query; each error names its parameter. Throws ApiProblem. */
export function parseParameters(schema: z.ZodType | undefined, values: unknown): unknown {
  return parse(schema ?? Nothing, values, (path) => path.map(String).join('.'))
}

/** Parses a body; each error points into it. Throws ApiProblem. */
export function parseBody(schema: z.ZodType, body: unknown): unknown {
  return parse(schema, withoutUserId(body), jsonPointer)
}

/** Who asks is told by the token alone, so a `user_id` beside it is ignored rather than refused. */
function withoutUserId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'user_id')) return body
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'user_id'))
}

type PointerOf = (path: readonly PropertyKey[]) => string

function parse(schema: z.ZodType, value: unknown, pointerOf: PointerOf): unknown {
  const parsed = schema.safeParse(value, { error: wordIssue })
  if (!parsed.success) throw validationFailed(fieldErrors(parsed.error.issues, pointerOf))
  const broken = findBrokenText(parsed.data)
  if (broken === undefined) return parsed.data
  throw validationFailed([{ pointer: pointerOf(broken), message: 'holds a character that is no text' }])
}

/** A problem that names each value that is not right. */
export function validationFailed(errors: FieldError[]): ApiProblem {
  const shown = errors.slice(0, SHOWN_ERRORS).map(({ pointer, message }) => `${nameOf(pointer)} ${message}`)
  const more = errors.length > shown.length ? ` and ${errors.length - shown.length} more` : ''
  const detail = `Not right: ${shown.join('; ')}${more}. Correct it and send the request again.`
  return new ApiProblem('VALIDATION_FAILED', detail, { extras: { errors } })
}

function nameOf(pointer: string): string {
  return pointer === '' ? 'the body' : pointer.replace(/^\//, '')
}

/** The path to a string with NUL or half a surrogate pair, which PostgreSQL cannot store; undefined when all is text. */
function findBrokenText(root: unknown): readonly PropertyKey[] | undefined {
  const open: { readonly path: readonly PropertyKey[]; readonly value: unknown }[] = [
    { path: [], value: root },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return path
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) open.push({ path: [...path, key], value: inner })
  }
  return undefined
}
