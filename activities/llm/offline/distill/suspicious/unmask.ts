// Letters of other scripts that look like Latin ones, as they are used to hide a word from a search.
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...Array.from('аɑα', (letter) => [letter, 'a'] as const),
  ...Array.from('сϲ', (letter) => [letter, 'c'] as const),
  ...Array.from('еє', (letter) => [letter, 'e'] as const),
  ...Array.from('һ', (letter) => [letter, 'h'] as const),
  ...Array.from('іɩι', (letter) => [letter, 'i'] as const),
  ...Array.from('ј', (letter) => [letter, 'j'] as const),
  ...Array.from('κк', (letter) => [letter, 'k'] as const),
  ...Array.from('ԁ', (letter) => [letter, 'd'] as const),
  ...Array.from('ɡ', (letter) => [letter, 'g'] as const),
  ...Array.from('ոη', (letter) => [letter, 'n'] as const),
  ...Array.from('оοօ', (letter) => [letter, 'o'] as const),
  ...Array.from('рρ', (letter) => [letter, 'p'] as const),
  ...Array.from('ѕ', (letter) => [letter, 's'] as const),
  ...Array.from('тτ', (letter) => [letter, 't'] as const),
  ...Array.from('υս', (letter) => [letter, 'u'] as const),
  ...Array.from('ѵν', (letter) => [letter, 'v'] as const),
  ...Array.from('ԝω', (letter) => [letter, 'w'] as const),
  ...Array.from('хχ', (letter) => [letter, 'x'] as const),
  ...Array.from('уγ', (letter) => [letter, 'y'] as const),
])
const DIGITS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
const WORD = /\p{L}+/gu
const LATIN = /\p{Script=Latin}/u
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u
const LEET = /[\p{Script=Latin}013457@$]+/gu
const FEWEST_LEET = 4
// "I g n o r e": a row of single letters; two separators in a row end a word.
const SPACED = /(?<!\p{L})(?:\p{L}[ .*_-]){3,}\p{L}(?!\p{L})/gu

// Only a word of several scripts is a disguise: Russian and Greek stay what they are.
function latin(word: string): string {
  if (!LATIN.test(word) || !LOOKALIKE.test(word)) return word
  return Array.from(word.toLowerCase(), (letter) => LOOKALIKES.get(letter) ?? letter).join('')
}

function unleet(word: string): string {
  if (word.length < FEWEST_LEET || !LATIN.test(word)) return word
  return word.replaceAll(/[013457@$]/g, (digit) => DIGITS[digit] ?? digit)
}

/** A text as it reads once disguises are off: odd letters, marks, digits and gaps inside words. */
export function unmask(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replace(WORD, latin)
    .replace(SPACED, (row) => row.replaceAll(/[ .*_-]/g, ''))
    .replace(LEET, unleet)
}
