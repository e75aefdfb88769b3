import { VERBS_OF_DOING } from '../../../verify/verbs-of-doing.ts'

const STOP = new Set(
  (
    'a an and any are as at be been but by can could do does each every for from has have if in into is it its may more most must no not ' +
    'of on one only or other our out shall should so such than that the their them then there these they this those to up using was we ' +
    'were what when where which who will with within would you your yours least also all here how both per about'
  ).split(' '),
)

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?:ations?|ments?|ings?|edly|ed|ers?|ly)$/, ''],
  [/(?<=[sxz]|[cs]h)es$/, ''],
  [/(?<![su])s$/, ''],
]

/** The stem of a lower-case word: endings that only bend it are cut off. */
export function stem(word: string): string {
  const cut = SUFFIXES.reduce((rest, [ending, instead]) => {
    const shorter = rest.replace(ending, instead)
    return shorter.length >= 3 ? shorter : rest
  }, word)
  return cut.replace(/([^aeiou])\1$/, '$1').replace(/e$/, '')
}

const NUMBER_WORD =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|dozen)$/
// Where a verb of doing stands it tells the student what to do; elsewhere the same word may be a thing.
const DOING = /(^|[.,;:\n]\s*|\b(?:and|then|to|must|should|may)\s+)(\p{L}+)/giu

/** The words of a claim without the verbs that tell the student what to do with the thing claimed. */
export function withoutDoing(text: string): string {
  return text.replace(DOING, (whole, lead: string, word: string) =>
    VERBS_OF_DOING.has(word.toLowerCase()) ? lead : whole,
  )
}

/** The words that carry meaning: no numbers and no stop words. */
function wordsOf(text: string): readonly string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? []
  return words.filter((word) => !STOP.has(word) && !NUMBER_WORD.test(word) && !/n['’]t$/.test(word))
}

/** Stems of the words that carry meaning. */
export function contentWords(text: string): readonly string[] {
  return wordsOf(text).map(stem)
}

/** The words of a text that stand in no form in another, each once and as they are read. */
export function wordsBeyond(text: string, other: string): readonly string[] {
  const known = new Set(contentWords(other))
  return [...new Set(wordsOf(text).filter((word) => !known.has(stem(word))))]
}
