import { contentWords } from '../offline/judge/content-words.ts'
import { GENRES } from '../offline/draft/genres/genres.ts'
import { decodeHidden } from '../offline/distill/suspicious/decode.ts'
import { isAddressed } from '../offline/distill/suspicious/is-order.ts'
import { unmask } from '../offline/distill/suspicious/unmask.ts'

/** Whether a model's line says something that only text addressed to a machine has told it. */
export type IsTainted = (line: string) => boolean

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/[^\s)\]"'”]+|\bwww\.[^\s)\]"'”]+/giu

let ownWords: ReadonlySet<string> | undefined

/** The words Waymark plans with itself: an order that uses one of them makes no line suspect. */
function wordsOfPlans(): ReadonlySet<string> {
  ownWords ??= new Set(contentWords(JSON.stringify(GENRES)))
  return ownWords
}

// A script without spaces has no words to compare: its letters are.
const lettersIn = (text: string): ReadonlySet<string> => new Set(text.match(/(?!\p{Script=Latin})\p{L}/gu))

const addressesIn = (text: string): readonly string[] =>
  [...text.matchAll(ADDRESS)].map(([address]) => address.toLowerCase())

/**
 * A check for lines of a model that has read text addressed to a machine. `passages` is that text, `sound` everything
 * else it has read: a line is tainted when it holds a word or an address of the first that the second does not know.
 */
export function createTaintCheck(passages: readonly string[], sound: readonly string[]): IsTainted {
  if (passages.length === 0) return () => false
  const told = passages.flatMap((passage) => [passage, unmask(passage), ...decodeHidden(passage)]).join('\n')
  const known = new Set(contentWords(sound.join('\n')))
  const words = new Set(
    contentWords(told).filter((word) => word.length > 2 && !known.has(word) && !wordsOfPlans().has(word)),
  )
  const addresses = addressesIn(told)
  const usual = lettersIn(sound.join('\n'))
  const letters = new Set([...lettersIn(told)].filter((letter) => !usual.has(letter)))
  return (line) => {
    const lower = line.toLowerCase()
    if (addresses.some((address) => lower.includes(address)) || isAddressed(line)) return true
    if ([...lettersIn(line)].some((letter) => letters.has(letter))) return true
    return [line, ...decodeHidden(line)].some((text) => contentWords(text).some((word) => words.has(word)))
  }
}
