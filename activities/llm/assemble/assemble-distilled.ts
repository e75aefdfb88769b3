import type { Distilled, Evidence } from '../../../contract/requirements.ts'
import { cutSpans } from '../../evidence/cut-spans.ts'
import { pageAt } from '../../evidence/locate-quote.ts'
import { findSuspicious } from '../offline/distill/find-suspicious.ts'
import { findBesideText } from '../offline/distill/suspicious/beside-text.ts'
import { distillOffline } from '../offline/distill/index.ts'
import type { Span } from '../offline/text/view.ts'
import type { ModelSteps } from '../port.ts'
import { nameDocuments, type DistillAnswer } from '../prompts/distill/1.0.0.ts'
import type { Assembled } from '../providers/ask-model.ts'
import { combinePolicy } from './combine-policy.ts'
import { createTaintCheck } from './find-tainted.ts'
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

/** What the rules find addressed to machines: places by document, all of it as text, and the rest of the documents. */
interface Orders {
  readonly spans: ReadonlyMap<string, readonly Span[]>
  readonly passages: readonly string[]
  readonly sound: readonly string[]
}

function findOrders({ documents }: Input): Orders {
  const spans = new Map(documents.map(({ document_id, text }) => [document_id, findSuspicious(text)]))
  const of = (id: string): readonly Span[] => spans.get(id) ?? []
  return {
    spans,
    passages: documents.flatMap((document) => [
      ...of(document.document_id).map(({ start, end }) => document.text.slice(start, end)),
      ...findBesideText(document).map(({ quote }) => quote),
    ]),
    sound: documents.map(({ document_id, text }) => cutSpans(text, of(document_id))),
  }
}

const spanOf = ({ start, end }: Evidence): Span => ({ start: start ?? 0, end: end ?? 0 })

/**
 * What the model reports beside what the rules found; a passage both name stands once. What the rules read as a demand
 * on the student is no order to a machine, whatever a model may have been told to report.
 */
function addSuspicious({ suspicious, requirements }: Distilled, reported: readonly Located[]): Evidence[] {
  const taken = [...suspicious, ...requirements.flatMap(({ evidence }) => evidence)]
  const more = reported
    .map(toEvidence)
    .filter(
      (item) =>
        !taken.some(
          (other) => other.document_id === item.document_id && overlaps(spanOf(item), spanOf(other)),
        ),
    )
  return [...suspicious, ...more]
}

/**
 * Joins a model's answer to what the rules find: the union of both, every statement on the words of a document.
 * Dates, counts, points, file types and the rubric stay those of the rules and of Canvas. Where documents speak to
 * machines, what a model may have been told there is not taken from it: the sort of work, and a milder or stricter policy.
 */
export function assembleDistilled(answer: DistillAnswer, input: Input): Assembled<Distilled> {
  const { context, documents } = input
  const locate = createLocate(nameDocuments(documents))
  if (answer.requirements.length > 0 && answer.requirements.every((found) => locate(found) === null)) {
    return { ok: false, issues: ['requirements: none of the quotes stands in a document, letter by letter'] }
  }
  const reported = answer.suspicious.flatMap((quoted) => locate(quoted) ?? [])
  const orders = findOrders(input)
  const suspicious = (id: string): readonly Span[] => [
    ...(orders.spans.get(id) ?? []),
    ...reported.filter(({ document }) => document.document_id === id).map(({ span }) => span),
  ]
  const isTainted = createTaintCheck(orders.passages, orders.sound)
  const isClean = orders.passages.length === 0
  const everything = orders.sound.join('\n')
  const found = readFindings(answer.requirements, context, locate, suspicious, isTainted)
  const order = documents.map(({ document_id }) => document_id)
  const rules = distillOffline(input, (own) => joinFindings(own, found, order))
  const mayShow = (line: string): boolean => mayBeShown(line, everything) && !isTainted(line)
  const questions = answer.open_questions
    .filter((question) => mayShow(question) && !rules.open_questions.includes(question))
    .slice(0, MOST_QUESTIONS)
  const policy = answer.ai_policy.quotes
    .flatMap((quoted) => locate(quoted) ?? [])
    .filter(({ document, span }) => !suspicious(document.document_id).some((other) => overlaps(other, span)))
  const mayReadPolicy = isClean || rules.ai_policy.level === null
  return {
    ok: true,
    output: {
      ...rules,
      genre: isClean ? answer.genre : rules.genre,
      objective: mayShow(answer.objective) ? answer.objective.trim() : rules.objective,
      ai_policy: combinePolicy(
        rules.ai_policy,
        { level: answer.ai_policy.level, quoted: mayReadPolicy ? policy.map(toEvidence) : [] },
        (id) => documents.some(({ document_id, kind }) => document_id === id && kind === 'syllabus'),
      ),
      suspicious: addSuspicious(rules, reported),
      open_questions: [...rules.open_questions, ...questions],
    },
  }
}
