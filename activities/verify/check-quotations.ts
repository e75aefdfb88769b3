import type { Finding } from './finding.ts'
import type { LinkedString, Sources } from './sources.ts'

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

function knownWords({ everything, distilled }: Sources): string {
  const counts = distilled.requirements.flatMap(({ quantities }) => quantities.map(({ text }) => text))
  return fold([everything, ...counts].join('\n'))
}

/** Finds in one string what stands in quotation marks and in no source; the sources are read once. */
export function createQuotationCheck(sources: Sources): (string: LinkedString) => readonly Finding[] {
  const known = knownWords(sources)
  return ({ pointer, text, requirements }) => {
    if (RISK.test(pointer) && requirements.length === 0) return []
    return [...text.matchAll(QUOTATION)].flatMap(([, quotation = '']): readonly Finding[] => {
      const said = fold(quotation.replace(/…$/, ''))
      if (said.split(' ').length < FEWEST_WORDS || known.includes(said)) return []
      const message = `“${quotation}” stands in no source.`
      return [{ code: 'QUOTATION_NOT_IN_SOURCE', pointer, severity: 'error', message }]
    })
  }
}
