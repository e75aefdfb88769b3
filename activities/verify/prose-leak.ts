import type { Plan } from '../../contract/plan.ts'
import { listPlanStrings } from './plan-strings.ts'
import { isInstruction } from './verbs-of-doing.ts'

/** A passage that reads like the work itself, or like code of it. */
export interface ProseLeak {
  readonly pointer: string
  readonly text: string
}

const LONGEST_RUN = 12
const NGRAM = 4

// Words that speak of the work, not in it: a sentence with one of them plans.
const PLANNING =
  /\b(?:you|your|yours|draft\w*|deadlines?|due|sources?|rubric|criteri\w+|instructors?|instructions?|assistant|submi\w+|hand(?:ed)? in|word (?:count|limit)|tasks?|plan\w*|outlin\w+|notes?|checklist|canvas|feedback|grad(?:e|ed|ing)|points|upload\w*|citations?|references?|proofread\w*|revis\w+|assignment|paragraphs?|slides?|rehears\w+|milestones?|library|ask)\b/i
const DECLARING =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|shows?|showed|demonstrates?|argues?|suggests?|reveals?|because|therefore|however|although|thus|moreover|furthermore|while|whereas)\b/i
const ESSAY_VOICE =
  /\b(?:in this (?:essay|paper|report|presentation)|this (?:essay|paper|report) (?:will|argues?|explores?|examines?|discusses|shows?)|I (?:will )?(?:argue|believe|contend|claim)|we (?:argue|contend|find that)|in conclusion|throughout history|it can be (?:argued|concluded))\b/i
const CODE =
  /(?:^|\n)\s*(?:def \w+\(.*\):|class \w+[({:]|function \w+\(|#include\b|import \w+( from |;|$)|public (?:static|class)|(?:const|let|var) \w+ =|return .+;)|\bprintf?\(.*\)\s*;?|=> *\{/

function words(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
  )
}

function ngrams(tokens: readonly string[]): readonly string[] {
  return tokens
    .slice(0, Math.max(0, tokens.length - NGRAM + 1))
    .map((_, index) => tokens.slice(index, index + NGRAM).join(' '))
}

/** The most contiguous words of a sentence that belong to no n-gram of the sources. */
function longestForeignRun(sentence: string, known: ReadonlySet<string>): number {
  const tokens = words(sentence)
  const covered = new Set<number>()
  for (const [index, ngram] of ngrams(tokens).entries()) {
    if (known.has(ngram)) for (let place = index; place < index + NGRAM; place++) covered.add(place)
  }
  let longest = 0
  let run = 0
  for (const index of tokens.keys()) {
    run = covered.has(index) ? 0 : run + 1
    longest = Math.max(longest, run)
  }
  return longest
}

function readsAsWork(sentence: string): boolean {
  if (ESSAY_VOICE.test(sentence)) return true
  return DECLARING.test(sentence) && !PLANNING.test(sentence) && !isInstruction(sentence)
}

/** Finds in a text the passages that read as submission prose or code and stand in no source; the sources are read once. */
export function createProseGuard(sources: readonly string[]): (text: string) => readonly string[] {
  const known = new Set(sources.flatMap((source) => ngrams(words(source))))
  const everything = fold(sources.join('\n'))
  return (text) => {
    if (CODE.test(text) && !everything.includes(fold(text))) return [text]
    return text
      .split(/(?<=[.!?])\s+|\n/)
      .filter((sentence) => readsAsWork(sentence) && longestForeignRun(sentence, known) > LONGEST_RUN)
  }
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/**
 * Passages of a plan that read as submission prose or code: more than twelve contiguous words found in no source,
 * in the voice of the work rather than of a plan. A guard against handing over finished text, not a proof of its absence.
 */
export function proseLeak(plan: Plan, sources: readonly string[]): readonly ProseLeak[] {
  const guard = createProseGuard(sources)
  return listPlanStrings(plan).flatMap(({ pointer, text }) =>
    guard(text).map((leak) => ({ pointer, text: leak })),
  )
}
