import type { PhaseResult } from '../../../../contract/phase-results.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { discoverOffline, fitDiscovery } from '../../offline/roles/discover.ts'
import type { DiscoverAnswer } from '../../prompts/q-assistant/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { createRoleBench, sayQuote } from './role-bench.ts'
import { issuesOf, keep, refuse, sift } from './sift.ts'

const MOST_DEMANDS = 20
const MOST_AMBIGUITIES = 8
const MOST_RISKS = 5
const MOST_WORDS = 40
const NOWHERE = 'its quote stands in no source, letter by letter'

/**
 * What the rules find, and what a model adds to it: a demand only with words of a document, a question and a risk with
 * words of a source or with none. What it leaves out of the rules' own stays.
 */
export function assembleDiscovery(
  answer: DiscoverAnswer,
  input: RoleInput,
): Assembled<PhaseResult<'discovery'>> {
  const { refusalOf, locate } = createRoleBench(input)
  const demands = sift('demands', answer.demands, MOST_DEMANDS, ({ quote, demand }) => {
    const why = refusalOf(demand, MOST_WORDS)
    const found = locate(quote)
    if (why !== null) return refuse(why)
    return found === null ? refuse(NOWHERE) : keep(`${demand.trim()}${sayQuote(found)}`)
  })
  const said = (quote: string, words: readonly string[]) => {
    const why = words.map((text) => refusalOf(text, MOST_WORDS)).find((reason) => reason !== null)
    const found = quote.trim() === '' ? null : locate(quote)
    if (why !== undefined) return refuse(why)
    if (quote.trim() !== '' && found === null) return refuse(NOWHERE)
    return keep(`${words.map((text) => text.trim()).join(' ')}${found === null ? '' : sayQuote(found)}`)
  }
  const ambiguities = sift('ambiguities', answer.ambiguities, MOST_AMBIGUITIES, ({ quote, question }) =>
    said(quote, [question]),
  )
  const risks = sift('risks', answer.risks, MOST_RISKS, ({ quote, risk, what_to_do }) =>
    said(quote, [risk, what_to_do]),
  )
  const issues = issuesOf([demands, ambiguities, risks])
  if (issues !== null) return { ok: false, issues }
  const rules = discoverOffline(input)
  return {
    ok: true,
    output: fitDiscovery({
      requirements: [...rules.requirements, ...demands.kept],
      ambiguities: [...ambiguities.kept, ...rules.ambiguities],
      risks: [...risks.kept, ...rules.risks],
    }),
  }
}
