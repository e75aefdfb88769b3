import { cutText, storableText } from '../../contract/text.ts'

/** A text as one line that may be stored, shortened at a word; empty where nothing is left. */
export function toLine(text: string, most: number): string {
  const line = storableText(text).replaceAll(/\s+/gu, ' ').trim()
  if (line.length <= most) return line
  const cut = cutText(line, most - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

const SHORTEST = 60

/**
 * Lines that fit into so much JSON: each shortened alike where they are too long together, and a last one that counts
 * what still found no room. Blank lines and repetitions are left out.
 */
export function fitLines(
  texts: readonly string[],
  room: { readonly lines: number; readonly characters: number; readonly each: number },
  sayMore: (count: number) => string,
): string[] {
  const lines = [...new Set(texts.map((text) => toLine(text, room.each)))].filter((line) => line !== '')
  const length = (of: readonly string[]) => JSON.stringify(of).length
  const shown = lines.slice(0, lines.length > room.lines ? room.lines - 1 : room.lines)
  let fitting = shown
  if (length(fitting) > room.characters) {
    const each = Math.max(SHORTEST, Math.floor(room.characters / (shown.length + 1)) - 8)
    fitting = shown.map((line) => toLine(line, each))
  }
  // Signs that JSON writes as several may still be too many.
  while (fitting.length > 1 && length(fitting) > room.characters) {
    fitting = fitting.slice(0, Math.floor(fitting.length * 0.9))
  }
  const left = lines.length - fitting.length
  return left === 0 ? [...fitting] : [...fitting.slice(0, room.lines - 1), sayMore(left)]
}
