import type { CriterionAssessment } from '../../../contract/feedback.ts'
import type { Evidence } from '../../../contract/requirements.ts'
import { cutText } from '../../../contract/text.ts'
import { createQuoteLocator } from '../../evidence/locate-quote.ts'
import { countedOf, shortfallOf, type CountedCriterion } from '../../feedback/counted-criterion.ts'
import { createWordsGuard, sayWhy, type GuardWords } from '../../feedback/guard-words.ts'
import { assessOffline } from '../offline/feedback/assess-offline.ts'
import type { FeedbackInput, ModelSteps, SubmittedWork } from '../port.ts'
import type { AssessAnswer } from '../prompts/assess/1.0.0.ts'
import { unmarkWords } from '../prompts/mark-data.ts'
import { nameCriteria } from '../prompts/render-work.ts'
import type { Assembled } from '../providers/ask-model.ts'

const MOST_QUOTES = 3
const MOST_SUSPICIOUS = 10
const LONGEST_OBSERVATION = 1_200

/** A lookup of a model's quotes in a piece of work; null for what does not stand there, or speaks to a machine. */
export function createWorkLocator(
  work: SubmittedWork,
  suspicious: readonly Evidence[],
): (quote: string) => Evidence | null {
  const locate = createQuoteLocator(work)
  const found = new Map<string, Evidence | null>()
  const look = (given: string): Evidence | null => {
    const { start, end, page, match } = locate(unmarkWords(given).trim())
    if (start === null || end === null || match === 'none') return null
    if (suspicious.some((own) => start < (own.end ?? 0) && (own.start ?? 0) < end)) return null
    const { document_id } = work
    return { document_id, quote: work.text.slice(start, end), start, end, page, match }
  }
  return (given) => {
    const known = found.get(given)
    if (known !== undefined) return known
    const place = look(given)
    found.set(given, place)
    return place
  }
}

/** Everything a model's words about a work may draw on. */
export function guardFor({
  submission,
  documents,
}: Pick<FeedbackInput, 'submission' | 'documents'>): GuardWords {
  return createWordsGuard({ work: submission.text, documents: documents.map(({ text }) => text) })
}

type Said = AssessAnswer['criteria'][number]

interface Bench {
  readonly locate: (quote: string) => Evidence | null
  readonly guard: GuardWords
}

/** What rules saw of a criterion, and what of it they counted. */
interface ByRule {
  readonly seen: CriterionAssessment
  readonly counted: CountedCriterion
}

/** A model's status as far as it may stand: what is counted decides, and what nobody can point to is not seen. */
function statusOf(said: Said, { seen, counted }: ByRule, isShown: boolean): CriterionAssessment['status'] {
  if (counted.isAll && seen.status !== 'not_assessed') return seen.status
  const claimsSight = said.status === 'met' || said.status === 'partly_met'
  if (claimsSight && !isShown) return 'not_assessed'
  return said.status === 'met' && shortfallOf(counted) !== undefined ? 'partly_met' : said.status
}

/** One criterion as the model saw it, as far as it holds; what rules saw stands in for what does not. */
function weigh(said: Said | undefined, byRule: ByRule, { locate, guard }: Bench): CriterionAssessment {
  const { seen, counted } = byRule
  if (said === undefined) return seen
  const words = said.observation.trim()
  if (words === '' || guard(words) !== null) return seen
  const quoted = said.quotes.slice(0, MOST_QUOTES).flatMap((quote) => locate(quote) ?? [])
  const shortfall = shortfallOf(counted)
  const observation = [shortfall?.observation ?? '', words].filter((one) => one !== '').join(' ')
  return {
    ...seen,
    status: statusOf(said, byRule, quoted.length > 0),
    observation: cutText(observation, LONGEST_OBSERVATION),
    evidence: [...(shortfall?.evidence ?? []), ...quoted],
  }
}

/** Why an answer is not worth keeping; nothing when it is. */
function issuesOf(
  { criteria }: AssessAnswer,
  names: readonly string[],
  { locate, guard }: Bench,
): readonly string[] {
  const quotes = criteria.flatMap((said) => said.quotes)
  const lost = quotes.filter((quote) => locate(quote) === null)
  if (lost.length * 2 > quotes.length)
    return lost.map(
      (quote) => `criteria: this does not stand in WORK, letter by letter: ${cutText(quote, 120)}`,
    )
  const told = new Set(criteria.map(({ criterion }) => criterion))
  const missing = names.filter((name) => !told.has(name))
  if (missing.length * 2 > names.length) return missing.map((name) => `criteria: ${name} is missing`)
  const refused = criteria.flatMap(({ criterion, observation }) => {
    const reason = guard(observation)
    return reason === null ? [] : [`criteria ${criterion}: ${sayWhy(reason)}`]
  })
  return refused.length * 2 > criteria.length ? refused : []
}

/**
 * Joins a model's reading of a work to what rules see in it: exactly the criteria of the rubric, each on words that
 * stand in the work. An answer of which most quotes stand nowhere, or most sentences may not be told, is refused.
 */
export function assembleAssessment(
  answer: AssessAnswer,
  given: ModelSteps['assess']['input'],
): Assembled<ModelSteps['assess']['output']> {
  const byRules = assessOffline(given)
  const bench: Bench = {
    locate: createWorkLocator(given.submission, byRules.suspicious),
    guard: guardFor(given),
  }
  const names = nameCriteria(given)
  const issues = issuesOf(answer, [...names.keys()], bench)
  if (issues.length > 0) return { ok: false, issues }
  const said = new Map(answer.criteria.map((one) => [one.criterion, one]))
  const criteria = [...names].flatMap(([name, criterion], index) => {
    const seen = byRules.criteria[index]
    return seen === undefined
      ? []
      : [weigh(said.get(name), { seen, counted: countedOf(criterion, given) }, bench)]
  })
  const reported = answer.suspicious.slice(0, MOST_SUSPICIOUS).flatMap((quote) => bench.locate(quote) ?? [])
  return { ok: true, output: { criteria, suspicious: [...byRules.suspicious, ...reported] } }
}
