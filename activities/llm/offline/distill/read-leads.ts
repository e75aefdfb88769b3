import { startsWithCommand, stripLead } from './read-command.ts'
import type { Modality } from './modality.ts'
import { readModality } from './read-modality.ts'
import { readQuantities } from './read-quantities.ts'

/** What a sentence before a list says about the list's items. */
export type Lead =
  | { readonly form: 'options'; readonly pick: number; readonly alone: boolean; readonly verb: string | null }
  | {
      readonly form: 'demands'
      readonly modality: Modality
      readonly verb: string | null
      /** Whether it asks for something beside its list, as `Write 300 words in which you:` does. */
      readonly asks: boolean
    }
  | { readonly form: 'outcomes' }

const COUNTS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
}
const OPTIONS =
  /\b(?<pick>one|two|three|four|five|six|[1-6])(?: or more)?\s(?:of|from|from among|out of)\s(?:the|these|this|those)\b(?:\s(?:following|below|listed))?(?:\s[\p{L}]+){0,3}(?:\sbelow|\sabove|\slisted)?(?:\sin an?[^:.()]{2,30})?\s*(?:\([^)]*\))?\s*[.:)]?$|\bone of (?:these|the) (?:one|two|three|four|five|six|\d+)\s*:?$|\b(?:either|one) of the following\b[^:.]{0,30}:?$/iu
const ONE_QUESTION =
  /\b(?:answer|choose|pick|select|address) (?<pick>one|two) (?:questions?|prompts?|topics?|options?|texts?|tasks?)\b[^.]{0,40}[:.]$/iu
const CHOOSES =
  /^(?:\p{Lu}[\p{L} ]{2,24}[.:]\s)?(?:please )?(?:choose|pick|select|answer|address|respond to|complete|do|include|discuss|write about|use|you (?:may|can|must|should) (?:choose|pick|select)|topics?)\b/iu
const OUTCOMES =
  /\b(?:you (?:will|should) (?:be able|learn|gain|understand)|learning (?:goals|outcomes|objectives)|students will (?:be able|learn))\b/iu
const NOT_A_DEMAND =
  /\b(?:for example|e\.g\.|such as|i (?:look|grade)|graded on|will be (?:graded|assessed|marked)|examples?|resources|include but|readings)\b/iu
const TAKEN_OVER =
  /\b(?<verb>include|contain|have|cover|provide|submit|use|address|discuss|answer|consist of|bring|describe|explain|list|state)\s*(?:all of )?(?:each of )?(?:the following(?: [\p{L}]+){0,2})?\s*(?:,? in this order)?\s*:?$/iu

const DEMANDING_HEADING =
  /\b(?:must|should|needs? to|ha(?:s|ve) to) (?:contain|include|cover|have)\b|\bwhat (?:to|you|we|your \p{L}+|the \p{L}+|every \p{L}+)\b.*\b(?:include|submit|hand in|turn in|contains?|covers?|bring|present|includes)\b|^(?:required|mandatory) (?:elements|sections|components|parts|contents?|files)\b/iu

const HANDS_ON =
  /\s*(?:,? ?(?:in which|so that|such that|which|that|where|and|to) ?(?:you|it|they|we)?(?: (?:must|should|will|can))?|as follows|by|:)\s*$/iu
const FEWEST_OWN_WORDS = 5

/** Whether a sentence before a list asks for something beside the list. */
function asksItself(text: string): boolean {
  if (TAKEN_OVER.test(text)) return false
  const own = text.replace(/:$/u, '').replace(HANDS_ON, '')
  if (/\b(?:the|these|this) following\b|\bfollowing\b/iu.test(own)) return false
  if (readQuantities(own).length > 0) return true
  if (own.split(/\s+/u).length < FEWEST_OWN_WORDS) return false
  return startsWithCommand(own) || (readModality(own) === 'must' && /\band\b/iu.test(own))
}

/** Reads a heading as the lead of the list below it; null when it only names its section. */
export function readHeadingLead(title: string): Lead | null {
  const lead = readLead(title)
  if (lead !== null) return lead.form === 'demands' ? null : lead
  if (!DEMANDING_HEADING.test(title)) return null
  const modality = /\bshould\b/iu.test(title) ? 'should' : 'must'
  return { form: 'demands', modality, verb: 'include', asks: false }
}

/** Reads the sentence before a list; null when the list's items have to speak for themselves. */
export function readLead(sentence: string): Lead | null {
  const text = sentence.trim()
  const options = OPTIONS.exec(text) ?? ONE_QUESTION.exec(text)
  if (options !== null && !text.endsWith('?')) {
    const pick = COUNTS[options.groups?.['pick']?.toLowerCase() ?? 'one'] ?? 1
    const verb =
      /^(?:please )?(?<verb>include|use|discuss|address)\b/iu.exec(stripLead(text))?.groups?.['verb'] ?? null
    return {
      form: 'options',
      pick,
      alone: CHOOSES.test(text) && readQuantities(text.replace(options[0], '')).length === 0,
      verb: verb?.toLowerCase() ?? null,
    }
  }
  if (!text.endsWith(':')) return null
  if (OUTCOMES.test(text)) return { form: 'outcomes' }
  if (NOT_A_DEMAND.test(text)) return null
  const modality = readModality(text.replace(/:$/u, ''))
  if (modality === null || modality === 'may') return null
  const verb = TAKEN_OVER.exec(text)?.groups?.['verb']?.toLowerCase() ?? null
  return {
    form: 'demands',
    modality,
    verb: verb === 'have' || verb === 'contain' || verb === 'consist of' ? 'include' : verb,
    asks: asksItself(text),
  }
}
