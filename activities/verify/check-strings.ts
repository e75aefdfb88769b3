import { checkDaysOf } from './check-dates.ts'
import { checkNumbersOf } from './check-numbers.ts'
import { createQuotationCheck } from './check-quotations.ts'
import type { Finding } from './finding.ts'
import { createProseGuard } from './prose-leak.ts'
import type { LinkedString, Sources } from './sources.ts'

/** All text a plan may borrow words from. */
export function sayingsOf({ everything, distilled }: Sources): readonly string[] {
  return [everything, ...distilled.requirements.map(({ statement }) => statement), distilled.objective]
}

/** Everything that can be wrong with the words of one string: numbers, days, quotations, prose of the work itself. */
export function createStringCheck(sources: Sources): (string: LinkedString) => readonly Finding[] {
  const quotations = createQuotationCheck(sources)
  const leaks = createProseGuard(sayingsOf(sources))
  return (string) => [
    ...checkNumbersOf(sources, string),
    ...checkDaysOf(sources, string),
    ...quotations(string),
    ...leaks(string.text).map((text): Finding => ({
      code: 'SUBMISSION_PROSE',
      pointer: string.pointer,
      severity: 'error',
      message: `This reads like the work itself: “${text}”`,
    })),
  ]
}
