import { storableText } from '../contract/text.ts'

/** A reviver for JSON.parse that makes every string storable: teachers paste what no database takes. */
export function reviveText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value
}
