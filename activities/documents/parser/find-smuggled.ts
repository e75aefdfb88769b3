// Ways to write a text between the characters a reader sees: tag characters spell ASCII, variation selectors carry
// bytes, an override turns a line around, and long runs of characters without width carry bits.
const TAGS = /[\u{e0020}-\u{e007e}]{3,}/gu
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4,}/gu
const OVERRIDDEN = /[\u202d\u202e](?<line>[^\u202c\u202d\u202e\n]{3,})/gu
const WIDTHLESS = /[\u200b-\u200d\u2060-\u2064\ufeff]{16,}/gu

const TAG_BASE = 0xe0000
const FIRST_SELECTOR = 0xfe00
const LAST_SELECTOR = 0xfe0f
const FIRST_SUPPLEMENT = 0xe0100
const SELECTORS_BEFORE = 16

function readTags(run: string): string {
  return Array.from(run, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? TAG_BASE) - TAG_BASE)).join('')
}

function readSelectors(run: string): string {
  const bytes = Array.from(run, (selector) => {
    const point = selector.codePointAt(0) ?? FIRST_SELECTOR
    return point <= LAST_SELECTOR ? point - FIRST_SELECTOR : point - FIRST_SUPPLEMENT + SELECTORS_BEFORE
  })
  return new TextDecoder('utf-8').decode(new Uint8Array(bytes))
}

/** Texts that a string carries in characters nobody sees, as they would read; found before such characters are dropped. */
export function findSmuggled(raw: string): string[] {
  const of = (form: RegExp): string[] => [...raw.matchAll(form)].map(([run]) => run)
  return [
    ...of(TAGS).map(readTags),
    ...of(SELECTORS).map(readSelectors),
    ...[...raw.matchAll(OVERRIDDEN)].map(({ groups }) =>
      Array.from(groups?.['line'] ?? '')
        .toReversed()
        .join(''),
    ),
    ...of(WIDTHLESS).map((run) => `${run.length} characters without width in a row`),
  ]
}
