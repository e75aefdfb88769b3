const BOMS: readonly [bytes: readonly number[], label: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** Decodes text: by its byte order mark, else UTF-8 to the letter, else windows-1252, which never fails. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const marked = BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))
  if (marked !== undefined) return { text: new TextDecoder(marked[1]).decode(bytes), encoding: marked[1] }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

/** Whether the encoding was guessed, so that accented letters may have come out wrong. */
export function isGuessed(encoding: string): boolean {
  return encoding === 'windows-1252'
}
