import type { CriterionAssessment } from '../../../contract/feedback.ts'
import type { Evidence } from '../../../contract/requirements.ts'
import { cutText } from '../../../contract/text.ts'
import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import { createWordsGuard, sayWhy, type GuardWords } from '../../feedback/guard-words.ts'
import { assessOffline } from '../offline/feedback/assess-offline.ts'
import type { FeedbackInput, ModelSteps, SubmittedWork } from '../port.ts'
import type { AssessAnswer } from '../prompts/assess/1.0.0.ts'
import { unmarkWords } from '../prompts/mark-data.ts'
import { nameCriteria } from '../prompts/render-work.ts'
import type { Assembled } from '../providers/ask-model.ts'

const MOST_QUOTES = 3
const MOST_SUSPICIOUS = 10
const LONGEST_OBSERVATION = 600

/** A lookup of a model's quotes in a piece of work; null for what does not stand there. */
export function createWorkLocator(work: SubmittedWork): (quote: string) => Evidence | null {
  const locate = createQuoteLocator(work)
  return (given) => {
    const { start, end, page, match } = locate(unmarkWords(given).trim())
    if (start === null || end === null || match === 'none') return null
    const { document_id } = work
    return { document_id, quote: work.text.slice(start, end), start, end, page, match }
  }
}

/** Everything a model's words about a work may draw on. */
export function guardFor({
  submission,
  documents,
}: Pick<FeedbackInput, 'submission' | 'documents'>): GuardWords {
  return createWordsGuard({ texts: [submission.text, ...documents.map(({ text }) => text)] })
}

type Said = AssessAnswer['criteria'][number]

interface Bench {
  readonly locate: (quote: string) => Evidence | null
  readonly guard: GuardWords
}

/** One criterion as the model saw it, as far as it holds; what rules saw stands in for what does not. */
function weigh(
  said: Said | undefined,
  byRule: CriterionAssessment,
  { locate, guard }: Bench,
): CriterionAssessment {
  if (said === undefined) return byRule
  const observation = cutText(said.observation.trim(), LONGEST_OBSERVATION)
  if (observation === '' || guard(observation) !== null) return byRule
  const evidence = said.quotes.slice(0, MOST_QUOTES).flatMap((quote) => locate(quote) ?? [])
  // What is counted short is short, and what nobody can point to is not seen.
  if (byRule.status === 'not_met') {
    const both = `${byRule.observation} ${observation}`
    return {
      ...byRule,
      observation: cutText(both, LONGEST_OBSERVATION * 2),
      evidence: [...byRule.evidence, ...evidence],
    }
  }
  const claimsSight = said.status === 'met' || said.status === 'partly_met'
  const status = claimsSight && evidence.length === 0 ? 'not_assessed' : said.status
  return { ...byRule, status, observation, evidence }
}

/**
 * Joins a model's reading of a work to what rules see in it: exactly the criteria of the rubric, each on words that
 * stand in the work. An answer of which most quotes stand nowhere, or most sentences may not be told, is refused.
 */
export function assembleAssessment(
  answer: AssessAnswer,
  given: ModelSteps['assess']['input'],
): Assembled<ModelSteps['assess']['output']> {
  const bench: Bench = { locate: createWorkLocator(given.submission), guard: guardFor(given) }
  const quotes = answer.criteria.flatMap((said) => said.quotes)
  const lost = quotes.filter((quote) => bench.locate(quote) === null)
  if (lost.length * 2 > quotes.length)
    return { ok: false, issues: ['criteria: most quotes do not stand in WORK, letter by letter'] }
  const refused = answer.criteria.filter(({ observation }) => bench.guard(observation) !== null)
  if (refused.length * 2 > answer.criteria.length) {
    const issues = refused.map(
      ({ criterion, observation }) => `criteria ${criterion}: ${sayWhy(bench.guard(observation))}`,
    )
    return { ok: false, issues }
  }
  const byRules = assessOffline(given)
  const said = new Map(answer.criteria.map((one) => [one.criterion, one]))
  const criteria = [...nameCriteria(given).keys()].flatMap((name, index) => {
    const byRule = byRules.criteria[index]
    return byRule === undefined ? [] : [weigh(said.get(name), byRule, bench)]
  })
  const reported = answer.suspicious.slice(0, MOST_SUSPICIOUS).flatMap((quote) => bench.locate(quote) ?? [])
  const isNew = ({ start, end }: Evidence) =>
    !byRules.suspicious.some((own) => (start ?? 0) < (own.end ?? 0) && (own.start ?? 0) < (end ?? 0))
  return { ok: true, output: { criteria, suspicious: [...byRules.suspicious, ...reported.filter(isNew)] } }
}
