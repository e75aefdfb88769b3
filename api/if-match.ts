import { validationFailed } from './parse-request.ts'

const ONE = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const LIST = new RegExp(`^${ONE}(?:\\s*,\\s*${ONE})*$`)

/**
 * The versions a request is meant for, without quotes; null when it says none, or `*`. One that a compressing proxy
 * has made weak is the same version still. Throws ApiProblem (422).
 */
export function readIfMatch(header: string): readonly string[] | null {
  const value = header.trim()
  if (value === '' || value === '*') return null
  if (!LIST.test(value))
    throw validationFailed([
      { pointer: 'If-Match', message: 'must be an ETag as it was answered, in double quotes' },
    ])
  return [...value.matchAll(/"([^"]*)"/g)].map(([, version = '']) => version)
}
