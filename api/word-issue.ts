import type { FieldError } from '../contract/problem.ts'
import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

const MAX_ERRORS = 20

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  uuid: 'a UUID',
  url: 'a URL',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
}

const UNIT_WORDS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }

/** Says in words for people what is wrong with a value; undefined leaves it to the schema's own words. */
export function wordIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'invalid_format': {
      const words = FORMAT_WORDS[issue.format]
      return words === undefined ? undefined : `must be ${words}`
    }
    case 'too_small':
      return `must ${boundWords(issue.origin, 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${boundWords(issue.origin, 'at most', issue.maximum)}`
    default:
      return undefined
  }
}

function boundWords(origin: string, bound: string, value: number | bigint): string {
  const unit = UNIT_WORDS[origin]
  if (unit !== undefined && bound === 'at least' && value === 1) return 'not be empty'
  return unit === undefined ? `be ${bound} ${value}` : `have ${bound} ${value}${unit}`
}

/** The errors of a problem from what a schema found: one per value or unknown key, and never a flood of them. */
export function fieldErrors(
  issues: readonly Issue[],
  pointerOf: (path: readonly PropertyKey[]) => string,
): FieldError[] {
  const errors = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), message: 'is not known here' }))
      : [{ pointer: pointerOf(issue.path), message: issue.message }],
  )
  // What else is wrong with a value of the wrong type is of no use.
  const first = new Map(errors.toReversed().map((error) => [error.pointer, error]))
  return errors.filter((error) => first.get(error.pointer) === error).slice(0, MAX_ERRORS)
}

/** A JSON pointer (RFC 6901) from a path. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
