// Characters that show nothing but split words or smuggle text. ZWJ, ZWNJ and variation
// selectors stay where they stand alone: Indic, Persian, emoji and ideographs need them.
const INVISIBLE =
  /(?![\n\t])\p{Cc}|[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2,}|[\u200c\u200d]{2,}/gu
const LINE_BREAK = /\r\n?|[\v\f\x85\u2028\u2029]/g
const WIDE_SPACE = /[\u00a0\u2000-\u200a\u202f\u205f]/g

/** Brings text to the form it is stored in: NFC, `\n` line ends, no invisible characters, single blank lines. */
export function normaliseText(raw: string): string {
  const text = raw
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replace(INVISIBLE, '')
    .replace(WIDE_SPACE, ' ')
    .normalize('NFC')
  // Line by line, because a pattern for trailing spaces is quadratic on long runs of them.
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd()
    if (trimmed !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(trimmed)
  }
  if (kept.at(-1) === '') kept.pop()
  return kept.join('\n')
}
