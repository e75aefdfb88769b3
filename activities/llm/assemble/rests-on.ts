import { readDates, sameDay } from '../../verify/read-dates.ts'
import { readFileTypes } from '../../verify/read-file-types.ts'
import { readNumbers, sameUse } from '../../verify/read-numbers.ts'
import { contentWords } from '../offline/judge/content-words.ts'

// A shorter wording keeps most of the words it stands for; one that does not says something of its own.
const MOST_FOREIGN = 0.5
const LONGEST = 400
const QUOTATION = /[“”"«»]/u
const ADDRESS = /https?:|www\.|@/iu

/** Whether every number, date and file type a text says stands in its source. */
export function saysNoMore(text: string, source: string): boolean {
  const [numbers, dates, types] = [readNumbers(source), readDates(source), readFileTypes(source)]
  return (
    readNumbers(text).every((number) => numbers.some((other) => sameUse(number, other))) &&
    readDates(text).every((date) => dates.some((other) => sameDay(date, other))) &&
    readFileTypes(text).every((type) => types.includes(type))
  )
}

/** Whether a model's wording may stand for a quote: short, without quotations or addresses, and in the quote's words. */
export function mayStandFor(statement: string, quote: string): boolean {
  if (statement.trim() === '' || statement.length > LONGEST) return false
  if (QUOTATION.test(statement) || ADDRESS.test(statement)) return false
  const known = new Set(contentWords(quote))
  const words = contentWords(statement)
  const foreign = words.filter((word) => !known.has(word)).length
  return saysNoMore(statement, quote) && foreign <= words.length * MOST_FOREIGN
}

/** Whether a model's own line may be shown beside these sources: short, without addresses, no new facts. */
export function mayBeShown(line: string, sources: string): boolean {
  return line.trim() !== '' && line.length <= LONGEST && !ADDRESS.test(line) && saysNoMore(line, sources)
}
