const MASK = '[secret]'

const SECRET_NAMES = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api[_-]?key',
  'access[_-]?token',
  'refresh[_-]?token',
  'id[_-]?token',
  'client[_-]?secret',
  'password',
  'secret',
  'token',
  'ticket',
  'verifier',
  'sf_verifier',
  'signature',
  'x-amz-signature',
  'x-amz-security-token',
].join('|')

// Every mask keeps quotes and backslashes outside its match, so a scrubbed JSON line stays valid JSON.
// No \b: in JSON a line break reads `\n`, and its `n` would join the word that follows.
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:[A-Za-z0-9+/=\s:,]|-(?!----)|\\+[nrt])*(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----)?/g,
    MASK,
  ],
  [new RegExp(`((?:${SECRET_NAMES})(?:=|%3D))[^&\\s"'\\\\#<>]+`, 'gi'), `$1${MASK}`],
  [/(Bearer)((?:\s|%20|\+)+)[A-Za-z0-9._~+/%=-]{8,}/gi, `$1$2${MASK}`],
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s:@/"'\\]*:[^\s@/"'\\]+@/gi, `$1${MASK}@`],
  [/\d{1,6}(?:~|%7E)[A-Za-z0-9]{20,}/gi, MASK],
  [/eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}/g, MASK],
  [/(?:(?<![A-Za-z0-9])|(?<=\\(?:[bfnrt]|u[0-9a-f]{4})))sk-[A-Za-z0-9_-]{16,}/g, MASK],
  [/AIza[A-Za-z0-9_-]{30,}/g, MASK],
]

/** Masks everything in a text that has the name or shape of a credential; a line of JSON stays valid JSON. */
export function scrub(text: string): string {
  return SHAPES.reduce(
    (scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement),
    maskNamedValues(text),
  )
}

/** Masks the string values of secret names in JSON, also in JSON that stands as a string inside JSON. */
function maskNamedValues(text: string): string {
  const head = new RegExp(`(?<!\\\\)(\\\\*)"(?:${SECRET_NAMES})\\1"\\s*:\\s*\\1"`, 'gi')
  let masked = ''
  let copied = 0
  for (let match = head.exec(text); match !== null; match = head.exec(text)) {
    const start = head.lastIndex
    const end = endOfString(text, start, match[1]?.length ?? 0)
    masked += text.slice(copied, start) + MASK
    copied = end
    head.lastIndex = end
  }
  return masked + text.slice(copied)
}

/**
 * Finds where a JSON string ends whose quotes carry `escapes` backslashes: 0 at the top, 1 one string deep, then 3, 7.
 * A quote of an enclosing string ends it too, so a mask never runs past a string that was cut short.
 */
function endOfString(text: string, start: number, escapes: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote
    while (first > start && text[first - 1] === '\\') first--
    for (let level = 0; level <= escapes; level = 2 * level + 1) {
      if ((quote - first) % (2 * (level + 1)) === level) return quote - level
    }
  }
  return text.length
}
