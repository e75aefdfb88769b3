import type { Finding } from './finding.ts'
import type { Sources } from './sources.ts'

const QUOTATION = /“([^”]+)”/g
const RISK = /^\/risks\//
// A word or two in quotation marks is a name, not a quotation.
const FEWEST_WORDS = 4

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What stands in quotation marks in the plan stands in the sources; a paraphrase may not pose as a quote. */
export function checkQuotations({ strings, everything, distilled }: Sources): readonly Finding[] {
  const known = fold(
    [
      everything,
      ...distilled.requirements.flatMap(({ quantities }) => quantities.map(({ text }) => text)),
    ].join('\n'),
  )
  return strings.flatMap(({ pointer, text, requirements }) => {
    if (RISK.test(pointer) && requirements.length === 0) return []
    return [...text.matchAll(QUOTATION)].flatMap(([, quotation = '']): readonly Finding[] => {
      const said = fold(quotation.replace(/…$/, ''))
      if (said.split(' ').length < FEWEST_WORDS || known.includes(said)) return []
      return [
        {
          code: 'QUOTATION_NOT_IN_SOURCE',
          pointer,
          severity: 'error',
          message: `“${quotation}” stands in no source.`,
        },
      ]
    })
  })
}
