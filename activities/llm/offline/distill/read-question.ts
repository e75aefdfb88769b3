import type { Place } from './place.ts'
import type { Modality } from './modality.ts'
import { startsWithCommand } from './read-command.ts'
import { readSentences } from '../text/language.ts'

const ASKED_UNDER =
  /\b(?:questions?|prompts?|discuss(?:ion)?|introduction|results|analysis|conclusion|methods?|reflection|evaluation|response|post|part \d|task)\b/iu
const QUESTION = /\?["”)]?$/u
const TO_THE_READER =
  /^(?:questions|any questions|stuck|unsure|confused|ready|lost|problems|sounds|still|need help|wondering)\b/iu

/** Whether a question is set to be answered in the work, rather than asked to make one think. */
export function readQuestion({ block, role, opening }: Place, question: string): Modality | null {
  if (!QUESTION.test(question.trim()) || TO_THE_READER.test(question.trim())) return null
  if (question.trim().split(/\s+/u).length < 4) return null
  if (block.kind === 'item') return role === 'demands' || role === 'unknown' ? 'must' : null
  if (ASKED_UNDER.test(opening.title ?? '')) return 'must'
  const { text } = block.view
  const sentences = readSentences(text).map(({ start, end }) => text.slice(start, end))
  const commands = sentences.filter((sentence) => startsWithCommand(sentence))
  return commands.length > 0 && (role === 'demands' || ASKED_UNDER.test(block.path.at(-1) ?? ''))
    ? 'must'
    : null
}
