import type { WorkNote } from '../../../contract/job-result.ts'
import { cutText } from '../../../contract/text.ts'
import { createWordsGuard, sayWhy } from '../../feedback/guard-words.ts'
import type { ModelSteps } from '../port.ts'
import type { WorkJobAnswer } from '../prompts/work-job/1.0.0.ts'
import type { Assembled } from '../providers/ask-model.ts'

const LONGEST_TITLE = 200
const MOST_STEPS = 20
const MOST_QUESTIONS = 10
const MOST_WORDS = 50
const LONGEST_ITEM = 400

const wordsIn = (text: string): number => text.split(/\s+/u).filter(Boolean).length

/**
 * Makes a note of a model's answer: what offers a wording, runs on like the work itself or puts words in somebody's mouth
 * is dropped. An answer of which most is dropped, or that holds no step, is refused.
 */
export function assembleWorkNote(
  answer: WorkJobAnswer,
  { description, context }: ModelSteps['work_job']['input'],
): Assembled<WorkNote> {
  const guard = createWordsGuard({ work: '', documents: [description, ...context] })
  const issues: string[] = []
  const keep = (name: string, items: readonly string[], most: number): string[] =>
    items.slice(0, most).flatMap((item, index) => {
      const text = item.replaceAll(/\s+/gu, ' ').trim()
      const isLong = wordsIn(text) > MOST_WORDS || text.length > LONGEST_ITEM
      const reason = guard(text)
      if (text !== '' && !isLong && reason === null) return [text]
      const why = text !== '' && isLong ? `it has more than ${MOST_WORDS} words` : sayWhy(reason)
      issues.push(`${name}.${index}: ${why}`)
      return []
    })
  const checklist = keep('checklist', answer.checklist, MOST_STEPS)
  const questions = keep('questions', answer.questions, MOST_QUESTIONS)
  const title = cutText(answer.title.replaceAll(/\s+/gu, ' ').trim(), LONGEST_TITLE)
  if (title === '') issues.push('title: it is empty')
  if (checklist.length === 0) issues.push('checklist: there is no step in it that can be kept')
  const isPoor = issues.length > checklist.length + questions.length
  if (title === '' || checklist.length === 0 || isPoor) return { ok: false, issues }
  return { ok: true, output: { title, checklist, questions } }
}
