import { stripVTControlCharacters } from 'node:util'

// What moves a cursor, rings, hides or turns text around; ZWJ and ZWNJ stay, because scripts and emoji need them.
const UNPRINTABLE =
  /(?![\n\t])\p{Cc}|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** A text as data for a terminal: without escape sequences, control characters or marks that hide or turn text. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(UNPRINTABLE, '')
}

/** Parses JSON with every string of it made printable. */
export function parsePrintable(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? printable(value) : value))
}
