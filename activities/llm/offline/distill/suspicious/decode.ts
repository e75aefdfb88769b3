const BASE64 = /(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/=-])/gu
const HEX = /(?<![\da-fA-F])(?:[\da-fA-F]{2}[\s:]?){12,}(?![\da-fA-F])/gu
const PERCENT = /(?:%[\da-fA-F]{2}|[\w.-]){6,}/gu
const MOST_CODES = 20
const LONGEST_CODE = 8_000
const READABLE = 0.9

/** Whether bytes were a text: all but a few of its characters are letters, digits, spaces or marks. */
function asText(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes)
  const legible = text.replaceAll(/[^\p{L}\p{N}\p{P}\s]/gu, '').length
  return /\p{L}{3,}\s+\p{L}{2,}/u.test(text) && legible >= text.length * READABLE ? text : null
}

function fromPercent(code: string): string | null {
  if ((code.match(/%/g)?.length ?? 0) < 4) return null
  try {
    return decodeURIComponent(code)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

/** Each letter moved on by half the alphabet. */
function rotate(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })
}

/** What a text says in the codes it is easily put in: base64, hexadecimal, percent signs, ROT13, backwards. */
export function decodeHidden(text: string): readonly string[] {
  const codes = (form: RegExp): readonly string[] =>
    [...text.matchAll(form)].slice(0, MOST_CODES).map(([code]) => code.slice(0, LONGEST_CODE))
  return [
    ...codes(BASE64).flatMap((code) => asText(Buffer.from(code, 'base64')) ?? []),
    ...codes(HEX).flatMap((code) => asText(Buffer.from(code.replaceAll(/[\s:]/g, ''), 'hex')) ?? []),
    ...codes(PERCENT).flatMap((code) => fromPercent(code) ?? []),
    // Only what gives itself away is worth turning: these are "ignore", "disregard" and "prompt".
    ...(/vtaber|qvfertneq|cebzcg/i.test(text) ? [rotate(text)] : []),
    ...(/erongi|drager?sid|snoitcurtsni/i.test(text) ? [Array.from(text).toReversed().join('')] : []),
  ]
}
