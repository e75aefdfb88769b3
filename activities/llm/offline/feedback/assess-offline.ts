import type { CriterionAssessment } from '../../../../contract/feedback.ts'
import { cutText } from '../../../../contract/text.ts'
import { readWork } from '../../../feedback/check-rules.ts'
import { say, sayMany } from '../../../feedback/checks/hold-count.ts'
import { quoteWork, type ReadWork } from '../../../feedback/checks/rule-check.ts'
import { countedOf, shortfallOf } from '../../../feedback/counted-criterion.ts'
import { speaksOfGrade } from '../../../feedback/speaks-of-grade.ts'
import { beginning } from '../../../feedback/see-structure.ts'
import type { Paragraph } from '../../../feedback/work/outline-work.ts'
import type { FeedbackInput, ModelSteps } from '../../port.ts'
import { findSuspicious } from '../distill/find-suspicious.ts'
import { contentWords } from '../judge/content-words.ts'

type Criterion = NonNullable<FeedbackInput['context']['rubric']>['criteria'][number]

/** How the observation of a criterion begins that no passage speaks to. */
export const NOTHING_FOUND = 'No passage was found that uses its words.'

const NOT_IN_WORDS = 'Nothing in its wording can be looked for: it is about what the work does as a whole.'

// A passage that shares one word with a criterion speaks of it by chance.
const LEAST_SHARED = 2
// That none of so few words stands in a work says nothing of it.
const LEAST_SEARCHED = 5
const MOST_PASSAGES = 3
const LONGEST_RATING = 160
// “Full marks” and “Excellent” say nothing of the work.
const LEAST_RATING_WORDS = 3
const LONGEST_NAME = 300
const ABOUT_CITING =
  /\b(?:citations?|references?|referencing|bibliograph\w+|(?:use|choice|number|quality) of sources|sources|works cited)\b/iu
const ABOUT_FORM =
  /\b(?:structure|prose|style|format\w*|grammar|mechanics|spelling|organi[sz]ation|clarity|writing|presentation|layout|language|conventions)\b/iu

// Words that name what a work does, and hardly ever stand in it.
const OF_WORKS = new Set(
  contentWords(
    'thesis argument arguments argumentation claim claims analysis analyze evidence critical thinking critically originality original creativity ' +
      'depth insight understanding content quality discussion introduction support ' +
      'supported clear clearly effective effectively strong excellent complete correct accurate relevant appropriate sources source idea ideas ' +
      'topic essay paper report work student writer demonstrates shows weighs answers explains presents uses knowledge skill skills focus',
  ),
)

/** The words a criterion is about: its own, its best rating's, and those of the rules that restate it. */
function wordsOf(criterion: Criterion, { distilled }: FeedbackInput): ReadonlySet<string> {
  const restated = distilled.requirements
    .filter(({ criterion_id }) => criterion_id === criterion.id)
    .map(({ statement }) => statement)
  const { description, long_description } = criterion
  const own = [description, long_description ?? '', bestLevelOf(criterion), ...restated]
  return new Set(contentWords(own.join(' ')).filter((word) => !OF_WORKS.has(word)))
}

interface Speaking {
  readonly paragraph: Paragraph
  readonly shared: readonly string[]
}

/** The passages that use words of a criterion, those that use most of them first. */
function findSpeaking(words: ReadonlySet<string>, { outline }: ReadWork): readonly Speaking[] {
  return outline.paragraphs
    .map((paragraph) => ({
      paragraph,
      shared: [...new Set(contentWords(paragraph.text))].filter((word) => words.has(word)),
    }))
    .filter(({ shared }) => shared.length >= LEAST_SHARED)
    .toSorted((a, b) => b.shared.length - a.shared.length || a.paragraph.start - b.paragraph.start)
}

/** The level with the most points in its own words; empty where they are none, or speak of the points. */
function bestLevelOf({ ratings }: Criterion): string {
  const [best] = ratings.toSorted((a, b) => (b.points ?? 0) - (a.points ?? 0))
  const words = (best?.long_description ?? best?.description ?? '').replaceAll(/\s+/gu, ' ').trim()
  const isSaid = words.length <= LONGEST_RATING && words.split(' ').length >= LEAST_RATING_WORDS
  return isSaid && !speaksOfGrade(words) ? words.replace(/[.\s]+$/u, '') : ''
}

function askFor(criterion: Criterion): string {
  const best = bestLevelOf(criterion)
  if (best === '') return 'Which sentence of yours would you show for it?'
  return `The best level reads: “${best}”. Which sentence of yours would you show for it?`
}

/** What can be counted of a criterion that is about the form; null for one about the content. */
function seeForm({ description }: Criterion, { outline, citations, references }: ReadWork): string | null {
  if (ABOUT_CITING.test(description)) {
    const counted = `${sayMany(citations.length, 'citation')} in the text and ${sayMany(references.length, 'entry', 'entries')} in a list of references were found.`
    return `${counted} Whether they are right is for people to judge.`
  }
  if (!ABOUT_FORM.test(description)) return null
  const longest = Math.max(0, ...outline.paragraphs.map(({ words }) => words))
  const counted = `${sayMany(outline.paragraphs.length, 'paragraph')} under ${sayMany(outline.headings.length, 'heading')}; the longest has ${sayMany(longest, 'word')}.`
  return `${counted} How it reads is for people to judge.`
}

/** What is seen of a criterion that is about the content: which passages use its words. */
function seeContent(criterion: Criterion, given: FeedbackInput, work: ReadWork) {
  const words = wordsOf(criterion, given)
  const speaking = findSpeaking(words, work)
  const [first] = speaking
  if (first === undefined) {
    const why = words.size < LEAST_SEARCHED ? NOT_IN_WORDS : NOTHING_FOUND
    return { observation: `${why} ${askFor(criterion)}`, evidence: [] }
  }
  const count = speaking.length === 1 ? 'One passage uses' : `${say(speaking.length)} passages use`
  return {
    observation: `${count} its words, most of all ${beginning(first.paragraph)}. Whether that does what is asked is for you and your instructor. ${askFor(criterion)}`,
    evidence: speaking.slice(0, MOST_PASSAGES).map(({ paragraph }) => quoteWork(work.submission, paragraph)),
  }
}

function assess(criterion: Criterion, given: FeedbackInput, work: ReadWork): CriterionAssessment {
  const name = criterion.description.trim() === '' ? 'Criterion' : criterion.description.trim()
  const about = { criterion_id: criterion.id, criterion: cutText(name, LONGEST_NAME) }
  const counted = countedOf(criterion, given)
  const shortfall = shortfallOf(counted)
  const [first] = counted.checks
  if (counted.isAll && shortfall !== undefined) {
    const { observation, evidence } = shortfall
    return { ...about, status: 'not_met', observation, evidence }
  }
  if (counted.isAll && first !== undefined && counted.checks.every(({ outcome }) => outcome === 'met')) {
    const { observation, evidence } = first
    return { ...about, status: 'met', observation, evidence }
  }
  const form = seeForm(criterion, work)
  const seen = form === null ? seeContent(criterion, given, work) : { observation: form, evidence: [] }
  if (shortfall === undefined) return { ...about, status: 'not_assessed', ...seen }
  const observation = `What can be counted of it falls short: ${shortfall.observation} ${seen.observation}`
  return {
    ...about,
    status: 'not_assessed',
    observation,
    evidence: [...shortfall.evidence, ...seen.evidence],
  }
}

/**
 * Looks for the passages that speak to each criterion of the rubric. It finds and counts and does not judge: a criterion
 * that is nothing but counted rules is met or not met by them, and every other one is left to people.
 */
export function assessOffline(given: ModelSteps['assess']['input']): ModelSteps['assess']['output'] {
  const { text } = given.submission
  const suspicious = findSuspicious(text)
  const isOrder = ({ start, end }: Paragraph) =>
    suspicious.some((span) => span.start < end && start < span.end)
  const read = readWork(given)
  const paragraphs = read.outline.paragraphs.filter((paragraph) => !isOrder(paragraph))
  const work = { ...read, outline: { ...read.outline, paragraphs } }
  return {
    criteria: (given.context.rubric?.criteria ?? []).map((criterion) => assess(criterion, given, work)),
    suspicious: suspicious.map(({ start, end }) =>
      quoteWork(given.submission, { text: text.slice(start, end), start, end }),
    ),
  }
}
