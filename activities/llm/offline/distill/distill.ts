import type { Distilled, Evidence, Requirement } from '../../../../contract/requirements.ts'
import { cutText } from '../../../../contract/text.ts'
import { pageAt } from '../../../evidence/locate-quote.ts'
import type { ModelSteps, SourceDocument } from '../../port.ts'
import { zoneOf } from '../text/zone.ts'
import { tellTimes } from '../text/tell-times.ts'
import type { Span } from '../text/view.ts'
import { joinPassages } from './ai-policy/join-passages.ts'
import { refusingFirst } from './ai-policy/permits.ts'
import { type Verdict, weighVoices } from './ai-policy/weigh-statements.ts'
import { askOpenQuestions } from './ask-open-questions.ts'
import { askPolicy } from './ask-policy.ts'
import { readCanvasFacts, readRubric } from './canvas-facts.ts'
import { detectGenre } from './detect-genre.ts'
import type { Finding } from './finding.ts'
import { findSuspicious } from './find-suspicious.ts'
import { addConditions, asConduct } from './keep-conditions.ts'
import { isForOtherWork } from './late-of-course.ts'
import { type Merged, mergeRestated } from './merge-restated.ts'
import { nameInstructor } from './name-instructor.ts'
import { pickHard } from './rank-hard.ts'
import { type AiRule, type AiRules, readAiRules } from './read-ai-policy.ts'
import { type DueDays, dueDays, readDates } from './read-dates.ts'
import { readDocument } from './read-document.ts'
import { takesPoints } from './read-penalty.ts'
import { stateObjective } from './state-objective.ts'
import { findBesideText } from './suspicious/beside-text.ts'

type DistillInput = ModelSteps['distill']['input']

const SILENT: AiRules = { rules: [], conditions: [], unplaced: [] }
const MAX_STATEMENT = 1_000
// An 18 kB brief holds about 200 demands; more than this is no brief, and comparing all pairs has to stay cheap.
const MAX_FINDINGS = 1_000

/** What one document gave, before the documents are brought together. */
interface DocumentReading {
  readonly document: SourceDocument
  readonly findings: readonly Finding[]
  readonly suspicious: readonly Span[]
  readonly dates: Distilled['dates']
  readonly policy: AiRules
}

function toEvidence(document: SourceDocument, { start, end }: Span): Evidence {
  const quote = document.text.slice(start, end)
  return {
    document_id: document.document_id,
    quote,
    start,
    end,
    page: pageAt(document, start),
    match: 'exact',
  }
}

function readFindings(
  document: SourceDocument,
  { context }: DistillInput,
  skipped: readonly Span[],
): readonly Finding[] {
  if (document.kind === 'canvas') return readCanvasFacts(document, context)
  if (document.kind === 'rubric') return readRubric(document, context)
  const found = readDocument(document, skipped).slice(0, MAX_FINDINGS)
  // A syllabus speaks of the whole course; only its rules of conduct bind this assignment.
  if (document.kind === 'syllabus') return found.filter(({ kind }) => kind === 'policy')
  const hasRubric = (context.rubric?.criteria.length ?? 0) > 0
  return hasRubric
    ? found.filter(
        ({ kind, quantities, statement }) =>
          kind !== 'grading' || takesPoints(statement) || quantities.every(({ unit }) => unit !== 'points'),
      )
    : found
}

// Words that only speak when they are read backwards were put there to be read by a machine.
function isTurned(text: string, { start, end }: Span): boolean {
  const backwards = text.slice(start, end).split('').toReversed().join('')
  return /\byou (?:must|should|shall|may|will|are)\b/iu.test(backwards)
}

function readOne(document: SourceDocument, input: DistillInput, due: DueDays): DocumentReading {
  const isText = document.kind !== 'canvas'
  const suspicious = findSuspicious(document.text)
  const dates = isText && document.kind !== 'rubric' ? readDates(document.text, due) : []
  const clean = dates.filter(
    (date) => !suspicious.some((span) => date.start < span.end && date.end > span.start),
  )
  const policy = isText && document.kind !== 'rubric' ? readAiRules(document.text, suspicious) : SILENT
  const found = readFindings(document, input, suspicious).filter(
    ({ spans: [own] }) => !isTurned(document.text, own),
  )
  return {
    document,
    suspicious,
    findings: [...found, ...addConditions(document, found, policy.conditions)],
    dates: clean.map(({ iso_date, agrees_with_canvas, ...span }) => {
      const evidence = toEvidence(document, span)
      return { text: evidence.quote, iso_date, agrees_with_canvas, evidence }
    }),
    policy,
  }
}

interface Heard extends AiRule {
  readonly document: SourceDocument
}

function weighPolicy(readings: readonly DocumentReading[]): Verdict<Heard> {
  const heard = readings.flatMap(({ document, policy }) =>
    policy.rules.map((rule) => ({ ...rule, document })),
  )
  const own = heard.filter(({ document }) => document.kind !== 'syllabus')
  const course = heard.filter(({ document }) => document.kind === 'syllabus')
  const verdict = weighVoices(own, course)
  const isCourse = ({ document }: Heard): boolean => document.kind === 'syllabus'
  return {
    ...verdict,
    deciding: verdict.deciding.toSorted((a, b) => Number(isCourse(a)) - Number(isCourse(b))),
  }
}

function aiPolicy({ level, deciding, permits }: Verdict<Heard>): Distilled['ai_policy'] {
  if (level === null) return { level, evidence: [] }
  const byDocument = Map.groupBy(refusingFirst(deciding, permits), ({ document }) => document)
  const evidence = [...byDocument].flatMap(([document, rules]) =>
    joinPassages(document.text, rules).map((span) => toEvidence(document, span)),
  )
  return { level, permits, evidence }
}

function toRequirements(
  found: readonly Merged[],
  documents: ReadonlyMap<string, SourceDocument>,
  zone: string,
): Requirement[] {
  const counts = new Map<string, number>()
  const hard = pickHard(found)
  const groups = new Map<string, string>()
  return found.map((finding) => {
    const { kind, modality, statement, quantities, group, criterion_id, ...places } = finding
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    if (group !== null && !groups.has(group)) groups.set(group, `choice-${groups.size + 1}`)
    const evidence = [places, ...places.restated].flatMap(({ document_id, spans }) => {
      const document = documents.get(document_id)
      return document === undefined ? [] : spans.map((span) => toEvidence(document, span))
    })
    // Canvas writes its times in UTC; a person reads them where they live.
    const isFact = documents.get(places.document_id)?.kind === 'canvas'
    const said = isFact ? tellTimes(statement, zone) : nameInstructor(statement)
    return {
      id: `${kind}-${number}`,
      kind,
      modality,
      statement: cutText(said, MAX_STATEMENT),
      hard: hard.has(finding),
      quantities: [...quantities],
      alternative_group: group === null ? null : (groups.get(group) ?? null),
      criterion_id,
      evidence,
    }
  })
}

/** What else may be made of the rules' findings before those that say the same are merged. */
export type Join = (found: readonly Finding[]) => readonly Finding[]

function bringTogether(input: DistillInput, readings: readonly DocumentReading[], join: Join): Distilled {
  const { context, documents } = input
  const byId = new Map(documents.map((document) => [document.document_id, document]))
  const skipped = new Map(readings.map(({ document, suspicious }) => [document.document_id, suspicious]))
  const ruled = new Map(
    readings.map(
      ({ document: { document_id, text }, policy: { conditions } }) =>
        [document_id, { text, conditions }] as const,
    ),
  )
  const joined = join(readings.flatMap(({ findings }) => findings)).filter(
    (finding) => !isForOtherWork(finding, context.assignment.title, documents),
  )
  const found = mergeRestated(asConduct(joined, (id) => ruled.get(id) ?? { text: '', conditions: [] }))
  const genre = detectGenre(context, documents)
  const dates = readings.flatMap((reading) => reading.dates)
  const verdict = weighPolicy(readings)
  const ai_policy = aiPolicy(verdict)
  const unplaced = readings.flatMap(({ document, policy }) =>
    policy.unplaced.map((span) => toEvidence(document, span)),
  )
  return {
    genre,
    objective: stateObjective(context.assignment.title, documents, found, (id) => skipped.get(id) ?? []),
    requirements: toRequirements(found, byId, zoneOf(context)),
    dates,
    ai_policy,
    suspicious: readings.flatMap(({ document, suspicious }) => [
      ...suspicious.map((span) => toEvidence(document, span)),
      ...findBesideText(document),
    ]),
    open_questions: [
      ...askOpenQuestions(input, genre, found, dates),
      ...askPolicy(ai_policy, verdict.unclear, unplaced),
    ],
  }
}

/** The rules' distillation, one step a document, so that a caller may pause or stop between documents. */
export function* distillInSteps(
  input: DistillInput,
  join: Join = (found) => found,
): Generator<void, Distilled, void> {
  const due = dueDays(input.context)
  const readings: DocumentReading[] = []
  for (const document of input.documents) {
    readings.push(readOne(document, input, due))
    yield
  }
  return bringTogether(input, readings, join)
}
