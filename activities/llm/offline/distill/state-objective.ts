import { cutText } from '../../../../contract/text.ts'
import type { SourceDocument } from '../../port.ts'
import { readSentences } from '../text/language.ts'
import { parseBlocks } from '../text/parse-blocks.ts'
import type { Span } from '../text/view.ts'
import { rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'

const STATES_AIM =
  /\b(?:(?:purpose|goal|aim|objective) of th(?:is|e) (?:assignment|project|essay|paper|lab|report|exercise|task|discussion)|(?:in|for) this (?:assignment|project|essay|paper|lab|task|exercise|discussion|experiment),? (?:you|students)|this (?:assignment|project|essay|paper) asks (?:you|students))\b/iu
const SETS_TASK =
  /^(?:in (?:groups?|teams?|pairs)[^,.;]{0,40}? )?(?:you|students|your (?:group|team)) (?:will |are to |are asked to )?(?:write|build|implement|design|create|develop|make|present|review|investigate|measure|find out|produce|prepare|compare|argue|analy[sz]e)\b/iu
// A shorter sentence names no aim: "You write an essay."
const FEWEST_CHARS = 45
const MAX_CHARS = 400

type Skipped = (id: string) => readonly Span[]

/** The first sentence of the briefs that says something, as a student reads it; undefined when none does. */
function findSentence(
  documents: readonly SourceDocument[],
  says: RegExp,
  skipped: Skipped,
): string | undefined {
  for (const { document_id, kind, text } of documents) {
    if (kind === 'canvas' || kind === 'rubric' || kind === 'syllabus') continue
    for (const { kind: block, view } of parseBlocks(text)) {
      if (block === 'heading' || block === 'row') continue
      for (const sentence of readSentences(view.text)) {
        const words = view.text.slice(sentence.start, sentence.end)
        const span = rawSpan(view, sentence)
        const isSkipped = skipped(document_id).some(
          (other) => span.start < other.end && span.end > other.start,
        )
        if (says.test(words) && words.length >= FEWEST_CHARS && !isSkipped) return words
      }
    }
  }
  return undefined
}

/** `You will write a store.` as a task: `Write a store.` */
function asTask(sentence: string): string {
  const task = sentence.replace(/^(?:you|students) (?:will |are to |are asked to )?/iu, '')
  return `${task.charAt(0).toUpperCase()}${task.slice(1)}`
}

/** The sentence that says what the work is for, else the one that sets it, else its main deliverable, else its title. */
export function stateObjective(
  title: string,
  documents: readonly SourceDocument[],
  findings: readonly Finding[],
  skipped: Skipped,
): string {
  const aim = findSentence(documents, STATES_AIM, skipped)
  if (aim !== undefined) return cutText(aim, MAX_CHARS)
  const task = findSentence(documents, SETS_TASK, skipped)
  if (task !== undefined) return cutText(asTask(task), MAX_CHARS)
  const main = findings.find(({ kind, modality }) => kind === 'deliverable' && modality === 'must')
  return cutText(main?.statement ?? `Complete “${title}”`, MAX_CHARS)
}
