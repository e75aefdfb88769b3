import { createQuoteLocator } from '../../../evidence/locate-quote.ts'
import { createWordsJudge } from '../../../roles/guard/guard-artefact.ts'
import { knownWords } from '../../../roles/guard/known-words.ts'
import { speaksToMachine } from '../../../roles/guard/quiet.ts'
import { toLine } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { readBench } from '../../offline/roles/bench.ts'

/** Words of a source as they stand there, and the name of the document where it is one. */
export interface FoundQuote {
  readonly words: string
  readonly source: string | null
}

/** What the words of a role's answer are held against. */
export interface RoleBench {
  /** Why words may not be said; null where they may. */
  readonly refusalOf: (words: string, mostWords: number) => string | null
  /** Where a quote stands in what the role was shown; null where it stands nowhere, or speaks to a machine. */
  readonly locate: (quote: string) => FoundQuote | null
}

const LONGEST_QUOTE = 240

/** Reads what answers to a role's input are held against. */
export function createRoleBench(given: RoleInput): RoleBench {
  const { input } = readBench(given)
  const judge = createWordsJudge(knownWords(input))
  const texts = [
    ...input.documents.map(({ name, text }) => ({ source: name, text })),
    ...knownWords({ ...input, documents: [] }).map((text) => ({ source: null, text })),
  ].map(({ source, text }) => ({ source, text, locate: createQuoteLocator({ text, pages: [] }) }))
  return {
    refusalOf: (words, mostWords) => {
      const said = words.trim()
      if (said === '') return 'it is empty'
      if (said.split(/\s+/u).length > mostWords) return `it has more than ${mostWords} words`
      return judge(said)?.why ?? null
    },
    locate: (quote) => {
      if (quote.trim() === '' || speaksToMachine(quote)) return null
      for (const { source, text, locate } of texts) {
        const { start, end, match } = locate(quote)
        if (match === 'none' || match === 'fuzzy' || start === null || end === null) continue
        return { words: toLine(text.slice(start, end), LONGEST_QUOTE), source }
      }
      return null
    },
  }
}

/** ` (Sheet: “at least five sources”)`, to stand behind what was said of it. */
export function sayQuote({ words, source }: FoundQuote): string {
  return ` (${source === null ? '' : `${source}: `}“${words}”)`
}
