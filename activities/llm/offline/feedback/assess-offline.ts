import type { CriterionAssessment, RuleCheck } from '../../../../contract/feedback.ts'
import { readWork } from '../../../feedback/check-rules.ts'
import { quoteWork, say, sayMany, type ReadWork } from '../../../feedback/checks/rule-check.ts'
import { beginning } from '../../../feedback/see-structure.ts'
import type { Paragraph } from '../../../feedback/work/outline-work.ts'
import type { FeedbackInput, ModelSteps } from '../../port.ts'
import { findSuspicious } from '../distill/find-suspicious.ts'
import { contentWords } from '../judge/content-words.ts'

type Criterion = NonNullable<FeedbackInput['context']['rubric']>['criteria'][number]

/** How the observation of a criterion begins that no passage speaks to. */
export const NOTHING_FOUND = 'No passage was found that uses its words.'

// A passage that shares one word with a criterion speaks of it by chance.
const LEAST_SHARED = 2
const MOST_PASSAGES = 3
const LONGEST_RATING = 160
const ABOUT_CITING =
  /\b(?:citations?|references?|referencing|bibliograph\w+|sources? (?:cited|listed)|works cited)\b/iu
const ABOUT_FORM =
  /\b(?:structure|prose|style|format\w*|grammar|mechanics|spelling|organi[sz]ation|clarity|writing|presentation|layout|language|conventions)\b/iu

/** The words a criterion is about: its own, its best rating's, and those of the rules that restate it. */
function wordsOf(criterion: Criterion, { distilled }: FeedbackInput): ReadonlySet<string> {
  const restated = distilled.requirements
    .filter(({ criterion_id }) => criterion_id === criterion.id)
    .map(({ statement }) => statement)
  const [best] = criterion.ratings
  const own = [
    criterion.description,
    criterion.long_description ?? '',
    best?.long_description ?? '',
    ...restated,
  ]
  return new Set(contentWords(own.join(' ')))
}

interface Speaking {
  readonly paragraph: Paragraph
  readonly shared: readonly string[]
}

function findSpeaking(words: ReadonlySet<string>, { outline }: ReadWork): readonly Speaking[] {
  return outline.paragraphs
    .map((paragraph) => ({
      paragraph,
      shared: [...new Set(contentWords(paragraph.text))].filter((word) => words.has(word)),
    }))
    .filter(({ shared }) => shared.length >= Math.min(LEAST_SHARED, words.size))
    .toSorted((a, b) => b.shared.length - a.shared.length || a.paragraph.start - b.paragraph.start)
    .slice(0, MOST_PASSAGES)
}

/** What of a criterion can be counted and falls short. */
function shortfallOf(criterion: Criterion, { distilled, checks }: FeedbackInput): RuleCheck | undefined {
  const own = new Set(
    distilled.requirements.filter((one) => one.criterion_id === criterion.id).map(({ id }) => id),
  )
  return checks.find(({ requirement_id, outcome }) => outcome === 'not_met' && own.has(requirement_id ?? ''))
}

function askFor({ ratings }: Criterion): string {
  const best = (ratings[0]?.long_description ?? ratings[0]?.description ?? '').replaceAll(/\s+/gu, ' ').trim()
  if (best === '' || best.length > LONGEST_RATING) return 'Which sentence of yours would you show for it?'
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

function assess(criterion: Criterion, given: FeedbackInput, work: ReadWork): CriterionAssessment {
  const name = criterion.description.trim() === '' ? 'Criterion' : criterion.description.trim()
  const shortfall = shortfallOf(criterion, given)
  const about = { criterion_id: criterion.id, criterion: name }
  if (shortfall !== undefined) {
    const observation = `What can be counted of it falls short: ${shortfall.observation}`
    return { ...about, status: 'not_met', observation, evidence: shortfall.evidence }
  }
  const form = seeForm(criterion, work)
  if (form !== null) return { ...about, status: 'not_assessed', observation: form, evidence: [] }
  const speaking = findSpeaking(wordsOf(criterion, given), work)
  const evidence = speaking.map(({ paragraph }) => quoteWork(work.submission, paragraph))
  const [first] = speaking
  const count =
    speaking.length === MOST_PASSAGES
      ? 'Several passages speak'
      : speaking.length === 1
        ? 'One passage speaks'
        : `${say(speaking.length)} passages speak`
  const observation =
    first === undefined
      ? `${NOTHING_FOUND} ${askFor(criterion)}`
      : `${count} of it, most of all ${beginning(first.paragraph)}. ${askFor(criterion)}`
  return { ...about, status: 'not_assessed', observation, evidence }
}

/**
 * Looks for the passages that speak to each criterion of the rubric. It finds and counts and does not judge: a criterion
 * is `not_met` only where a counted rule of it is broken, and else left to people.
 */
export function assessOffline(given: ModelSteps['assess']['input']): ModelSteps['assess']['output'] {
  const { text } = given.submission
  const suspicious = findSuspicious(text)
  const isOrder = ({ start, end }: Paragraph) =>
    suspicious.some((span) => span.start < end && start < span.end)
  const read = readWork(given.submission)
  const paragraphs = read.outline.paragraphs.filter((paragraph) => !isOrder(paragraph))
  const work = { ...read, outline: { ...read.outline, paragraphs } }
  return {
    criteria: (given.context.rubric?.criteria ?? []).map((criterion) => assess(criterion, given, work)),
    suspicious: suspicious.map(({ start, end }) =>
      quoteWork(given.submission, { text: text.slice(start, end), start, end }),
    ),
  }
}
