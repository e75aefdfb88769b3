const HAS_WORD = /[\p{L}\p{N}]/u
const IDEOGRAPH = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/gu
const MOSTLY = 0.3

function countPieces(text: string): number {
  return text.split(/\s+/u).filter((piece) => HAS_WORD.test(piece)).length
}

// Scripts that put no space between words.
function countSegments(text: string): number {
  let words = 0
  for (const { isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(text))
    if (isWordLike === true) words += 1
  return words
}

function isUnspaced(text: string): boolean {
  const characters = text.replaceAll(/\s/gu, '').length
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0
  return characters > 0 && ideographs / characters > MOSTLY
}

/** How many words more another counter may see: a word processor takes each character of an unspaced script for one. */
export function countUnsure(text: string): number {
  return isUnspaced(text) ? Math.max(0, (text.match(IDEOGRAPH)?.length ?? 0) - countSegments(text)) : 0
}

/** Counts words of parts of a text as a word processor does; the script of the whole says where a word ends. */
export function createWordCounter(whole: string): (text: string) => number {
  return isUnspaced(whole) ? countSegments : countPieces
}

/** Words as a word processor counts them: what stands between spaces and holds a letter or digit. */
export function countWords(text: string): number {
  return createWordCounter(text)(text)
}
