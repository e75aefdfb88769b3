import type { Evidence, Requirement } from '../../../contract/requirements.ts'
import { listPlanStrings } from '../../../activities/verify/plan-strings.ts'
import type { Verifiable } from '../../../activities/verify/sources.ts'
import { descriptions } from './plant-values.ts'
import { withText, type Planted, type Planter } from './planted.ts'

const TASK = /^\/milestones\/\d+\/tasks\//
// Enough words that other words are a paraphrase and not a name.
const FEWEST_WORDS = 6

const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:must|should|needs? to|ha(?:s|ve) to)\b/giu, 'is expected to'],
  [/\b(?:write|draft|compose)\b/giu, 'produce'],
  [/\b(?:use|apply)\b/giu, 'make use of'],
  [/\b(?:submit|upload|hand in)\b/giu, 'deliver'],
  [/\b(?:include|contain)\b/giu, 'have in it'],
  [/\b(?:the|your|a|an)\b/giu, 'one’s'],
]

const WORK: readonly string[] = [
  'In this essay, I will argue that the policy failed because nobody who had to live with it was ever asked what it should achieve.',
  'The results show that growth was strongest where light was scarce, which contradicts what earlier studies of the same species had found.',
  'Throughout history, people have told stories about water, and this novel is perhaps the clearest example of how such stories change.',
  'def solve(rows):\n    return sorted(rows, key=len)',
]

/** A requirement that no place of the plan answers any more. */
export const forgetRequirement: Planter = (sound) =>
  sound.distilled.requirements.map(({ id }) => ({
    ...sound,
    links: sound.links.map((link) => ({
      ...link,
      requirement_ids: link.requirement_ids.filter((other) => other !== id),
    })),
  }))

/** A criterion of the rubric that no task names any more. */
export const dropCriterion: Planter = (sound) =>
  (sound.context.rubric?.criteria ?? []).map(({ description }) =>
    listPlanStrings(sound.plan)
      .filter(({ pointer, text }) => TASK.test(pointer) && text.includes(description))
      .reduce<Planted>(
        (given, { pointer, text }) => withText(given, pointer, text.replaceAll(description, 'the work')),
        sound,
      ),
  )

/** Other words for a passage: synonyms, and the end before the beginning. */
function paraphrase(passage: string): string {
  const said = SYNONYMS.reduce((text, [word, other]) => text.replaceAll(word, other), passage)
  const words = said.split(/\s+/)
  const middle = Math.ceil(words.length / 2)
  return [...words.slice(middle), 'and', ...words.slice(0, middle)].join(' ')
}

const isLong = (passage: string) => passage.split(/\s+/).length >= FEWEST_WORDS

function withQuote(given: Verifiable, { id }: Requirement, evidence: Evidence[]): Planted {
  const requirements = given.distilled.requirements.map((one) => (one.id === id ? { ...one, evidence } : one))
  return { ...given, distilled: { ...given.distilled, requirements } }
}

/** A paraphrase that poses as the quote a requirement rests on. */
export const paraphraseQuote: Planter = (sound) =>
  sound.distilled.requirements.flatMap((requirement) => {
    const [first, ...rest] = requirement.evidence
    if (first === undefined || !isLong(first.quote)) return []
    return [withQuote(sound, requirement, [{ ...first, quote: paraphrase(first.quote) }, ...rest])]
  })

/** A paraphrase in quotation marks, at the end of what a task says. */
export const paraphraseInPlan: Planter = (sound) => {
  const quotes = sound.distilled.requirements.map(({ evidence }) => evidence[0]?.quote ?? '').filter(isLong)
  return descriptions(sound).flatMap(({ pointer, text }, index) => {
    const quote = quotes[index % quotes.length]
    return quote === undefined
      ? []
      : [withText(sound, pointer, `${text} Remember: “${paraphrase(quote).replaceAll(/[“”]/g, '')}”.`)]
  })
}

/** A sentence of the work itself, or code of it, where a task says what to hand in. */
export const writeTheWork: Planter = (sound) =>
  listPlanStrings(sound.plan)
    .filter(({ pointer }) => pointer.endsWith('/deliverable'))
    .map(({ pointer }, index) => withText(sound, pointer, WORK[index % WORK.length] ?? ''))
