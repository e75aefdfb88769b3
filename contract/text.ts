/** A text that PostgreSQL can store and any client can read: no NUL, and U+FFFD for half a surrogate pair. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

const HIGH_SURROGATE_AT_END = /[\uD800-\uDBFF]$/

/** The first `max` UTF-16 code units of a text, one less where that would split a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  return text.slice(0, max).replace(HIGH_SURROGATE_AT_END, '')
}

/** Names in the order given, as a sentence lists them: `a, b and c`; empty where there is none. */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
