import { cutText, storableText } from '../../contract/text.ts'

/** A value of a free request: the keys that lead to it, and what it says. */
export interface Leaf {
  readonly keys: readonly string[]
  readonly value: string | number | boolean
}

export const MOST_LEAVES = 200
const DEEPEST = 8
const LONGEST_VALUE = 500
const LONGEST_KEY = 60

const readable = (key: string): string =>
  cutText(
    storableText(key)
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
      .replaceAll(/[_\-\s]+/g, ' ')
      .trim()
      .toLowerCase(),
    LONGEST_KEY,
  )

function readValue(value: string): string {
  return cutText(storableText(value).replaceAll(/\s+/gu, ' ').trim(), LONGEST_VALUE)
}

/** The values of a JSON object in their order, at most so many; what lies too deep, and what says nothing, is left out. */
export function flattenRequest(request: Readonly<Record<string, unknown>>): readonly Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, keys: readonly string[]): void => {
    if (leaves.length >= MOST_LEAVES || keys.length > DEEPEST) return
    if (typeof value === 'number' || typeof value === 'boolean') leaves.push({ keys, value })
    else if (typeof value === 'string') {
      // A text of several lines says several things.
      const lines = value.split(/\n+/).map(readValue)
      for (const line of lines)
        if (line !== '' && leaves.length < MOST_LEAVES) leaves.push({ keys, value: line })
    } else if (Array.isArray(value)) for (const item of value) walk(item, keys)
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, [...keys, readable(key)])
  }
  walk(request, [])
  return leaves
}
