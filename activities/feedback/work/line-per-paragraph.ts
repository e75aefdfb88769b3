// Nobody wraps lines this long: whoever wrote one let the window do it.
const LONGEST_WRAPPED = 200
// A heading or a name on its own line says nothing about the others.
const SHORTEST_TELLING = 60
const FEWEST_BREAKS = 2
const ENDS_SENTENCE = /[.!?…:][)\]"'”’»]*\s*$/u

/**
 * Whether each line of a text is a paragraph, as in what is pasted from a word processor: one line is longer than lines
 * are wrapped, or every line that another follows ends a sentence, which wrapped lines do by chance alone.
 */
export function hasLinePerParagraph(raw: string): boolean {
  const lines = raw.split('\n').map((line) => line.trim())
  if (lines.some((line) => line.length > LONGEST_WRAPPED)) return true
  const followed = lines.filter(
    (line, at) => line.length >= SHORTEST_TELLING && (lines[at + 1]?.length ?? 0) >= SHORTEST_TELLING,
  )
  return followed.length >= FEWEST_BREAKS && followed.every((line) => ENDS_SENTENCE.test(line))
}
