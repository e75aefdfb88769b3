import type { DocumentWarning } from '../../contract/document.ts'
import { assembleText, TRUNCATED } from './parser/assemble-reading.ts'
import { decodeText, isGuessed } from './parser/decode-text.ts'
import type { Reading } from './parser/reading.ts'

const MAX_TEXT_BYTES = 2 * 1024 * 1024

/** Reads plain text or Markdown up to 2 MB; in this process, since decoding is linear and runs no parser. */
export function readText(bytes: Uint8Array): Reading {
  const cut = bytes.length > MAX_TEXT_BYTES
  const { text, encoding } = decodeText(cut ? bytes.subarray(0, lastWhole(bytes)) : bytes)
  const warnings: DocumentWarning[] = []
  if (isGuessed(encoding)) {
    warnings.push({
      code: 'encoding_guessed',
      message: 'The text does not say how its letters are stored; accented letters may be wrong.',
    })
  }
  const reading = assembleText(text, warnings)
  if (!cut || reading.truncated) return reading
  return { ...reading, truncated: true, warnings: [...reading.warnings, TRUNCATED] }
}

/** The cap, moved back to the start of a UTF-8 character, so that the cut does not look like a bad byte. */
function lastWhole(bytes: Uint8Array): number {
  let end = MAX_TEXT_BYTES
  while (end > MAX_TEXT_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}
