import type { Distilled, Evidence } from '../../../contract/requirements.ts'
import { pageAt } from '../../evidence/locate-quote.ts'
import { findSuspicious } from '../offline/distill/find-suspicious.ts'
import { distillOffline } from '../offline/distill/index.ts'
import type { Span } from '../offline/text/view.ts'
import type { ModelSteps } from '../port.ts'
import { nameDocuments, type DistillAnswer } from '../prompts/distill/1.0.0.ts'
import type { Assembled } from '../providers/ask-model.ts'
import { combinePolicy } from './combine-policy.ts'
import { joinFindings } from './join-findings.ts'
import { createLocate, overlaps, type Located } from './locate-quoted.ts'
import { readFindings } from './read-findings.ts'
import { mayBeShown } from './rests-on.ts'

type Input = ModelSteps['distill']['input']

const MOST_QUESTIONS = 5

function toEvidence({ document, span, words }: Located): Evidence {
  const { document_id } = document
  return { document_id, quote: words, ...span, page: pageAt(document, span.start), match: 'exact' }
}

function suspiciousSpans(input: Input, reported: readonly Located[]): (id: string) => readonly Span[] {
  const found = new Map(
    input.documents.map(({ document_id, text }) => [
      document_id,
      [
        ...findSuspicious(text),
        ...reported.filter(({ document }) => document.document_id === document_id).map(({ span }) => span),
      ],
    ]),
  )
  return (id) => found.get(id) ?? []
}

/** What the model reports beside what the rules found; a passage both name stands once. */
function addSuspicious(own: readonly Evidence[], reported: readonly Located[]): Evidence[] {
  const more = reported.map(toEvidence).filter(({ document_id, start, end }) => {
    const span = { start: start ?? 0, end: end ?? 0 }
    return !own.some(
      (other) =>
        other.document_id === document_id && overlaps(span, { start: other.start ?? 0, end: other.end ?? 0 }),
    )
  })
  return [...own, ...more]
}

/**
 * Joins a model's answer to what the rules find: the union of both, every statement on the words of a document.
 * Dates, counts, points, file types and the rubric stay those of the rules and of Canvas.
 */
export function assembleDistilled(answer: DistillAnswer, input: Input): Assembled<Distilled> {
  const { context, documents } = input
  const locate = createLocate(nameDocuments(documents))
  if (answer.requirements.length > 0 && answer.requirements.every((found) => locate(found) === null)) {
    return { ok: false, issues: ['requirements: none of the quotes stands in a document, letter by letter'] }
  }
  const reported = answer.suspicious.flatMap((quoted) => locate(quoted) ?? [])
  const suspicious = suspiciousSpans(input, reported)
  const found = readFindings(answer.requirements, context, locate, suspicious)
  const order = documents.map(({ document_id }) => document_id)
  const rules = distillOffline(input, (own) => joinFindings(own, found, order))

  const everything = documents.map(({ text }) => text).join('\n')
  const policy = answer.ai_policy.quotes
    .flatMap((quoted) => locate(quoted) ?? [])
    .filter(({ document, span }) => !suspicious(document.document_id).some((other) => overlaps(other, span)))
  const questions = answer.open_questions
    .filter((question) => mayBeShown(question, everything) && !rules.open_questions.includes(question))
    .slice(0, MOST_QUESTIONS)
  return {
    ok: true,
    output: {
      ...rules,
      genre: answer.genre,
      objective: mayBeShown(answer.objective, everything) ? answer.objective.trim() : rules.objective,
      ai_policy: combinePolicy(
        rules.ai_policy,
        { level: answer.ai_policy.level, quoted: policy.map(toEvidence) },
        (id) => documents.some(({ document_id, kind }) => document_id === id && kind === 'syllabus'),
      ),
      suspicious: addSuspicious(rules.suspicious, reported),
      open_questions: [...rules.open_questions, ...questions],
    },
  }
}
