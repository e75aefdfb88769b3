const HAS_WORD = /[\p{L}\p{N}]/u
const IDEOGRAPH = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/gu
const MOSTLY = 0.3

/** Words as a word processor counts them: what stands between spaces and holds a letter or digit. */
export function countWords(text: string): number {
  const characters = text.replaceAll(/\s/gu, '').length
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0
  if (characters > 0 && ideographs / characters > MOSTLY) return countSegments(text)
  return text.split(/\s+/u).filter((piece) => HAS_WORD.test(piece)).length
}

// Scripts that put no space between words.
function countSegments(text: string): number {
  let words = 0
  for (const { isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(text))
    if (isWordLike === true) words += 1
  return words
}
