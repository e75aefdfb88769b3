import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Distilled } from '../../../../contract/requirements.ts'
import type { ModelSteps, SourceDocument } from '../../port.ts'
import { askWeeks } from './ask-weeks.ts'
import type { Merged } from './merge-restated.ts'

const PROSE_GENRES: readonly string[] = [
  'essay',
  'research_paper',
  'bibliography',
  'lab_report',
  'discussion',
]
const LENGTHS = new Set(['words', 'pages', 'minutes', 'characters', 'paragraphs', 'slides'])
const ATTACHED =
  /\b(?:see (?:the )?attach(?:ed|ment)|(?:is|are) attached|the attached (?:\w+ )?(?:file|document|rubric|template|sheet|form|handout|brief|pdf|worksheet)|attached (?:template|worksheet|rubric|form|handout))\b/iu
const FILE_WORD = /\b(?<type>pdf|docx?|pptx?|xlsx?|zip|txt|rtf|odt|html|ipynb|mp4)\b/giu
const OPEN_CHOICE =
  /\b(?:an?|the) (?:essay|paper|report|video|podcast|presentation|poster|story|website) or (?:an? )?(?:essay|paper|report|video|podcast|presentation|poster|story|website)\b(?![^.]{0,12}\bnot both\b)/iu

type Dates = Distilled['dates']

function askDates(dates: Dates): readonly string[] {
  const wrong = dates.filter(({ agrees_with_canvas }) => agrees_with_canvas === false)
  return [...new Set(wrong.map(({ text }) => text))].map(
    (text) => `The text names “${text}” as a deadline, but Canvas gives another date. Which one holds?`,
  )
}

function askLength(genre: Distilled['genre'], found: readonly Merged[]): readonly string[] {
  const measured = found.some(({ quantities }) => quantities.some(({ unit }) => LENGTHS.has(unit)))
  return PROSE_GENRES.includes(genre) && !measured
    ? ['No word or page count is given. How long should the work be?']
    : []
}

function askConflicts(found: readonly Merged[]): readonly string[] {
  const whole = found.filter(
    ({ kind, modality }) => (kind === 'length' || kind === 'deliverable') && modality !== 'must_not',
  )
  const questions: string[] = []
  for (const [i, a] of whole.entries()) {
    for (const b of whole.slice(i + 1)) {
      if (a.document_id === b.document_id) continue
      const [first] = a.quantities.filter(({ unit }) => unit === 'words' || unit === 'pages')
      const second = b.quantities.find(({ unit }) => unit === first?.unit)
      if (first === undefined || second === undefined) continue
      if (first.value === second.value && first.upper === second.upper) continue
      questions.push(
        `One document asks for ${first.text} ${first.unit}, another for ${second.text}. Which one holds?`,
      )
    }
  }
  return questions
}

function askFileTypes(
  { assignment }: CanvasContext,
  documents: readonly SourceDocument[],
  found: readonly Merged[],
): readonly string[] {
  const allowed = assignment.allowed_extensions.map((type) => type.replace(/^\./u, '').toLowerCase())
  if (allowed.length === 0) return []
  const facts = documents.find(({ kind }) => kind === 'canvas')?.document_id
  const named = found
    .filter(
      ({ kind, modality, document_id }) =>
        kind === 'submission' && modality === 'must' && document_id !== facts,
    )
    .flatMap(({ statement }) => [...statement.matchAll(FILE_WORD)].map(({ 0: type }) => type.toLowerCase()))
  const refused = [...new Set(named)].filter((type) => !allowed.includes(type))
  if (refused.length === 0 || named.some((type) => allowed.includes(type))) return []
  return [
    `The text asks for ${refused.join(' or ')}, but Canvas accepts only ${allowed.join(', ')}. Which one holds?`,
  ]
}

/** What stands in a file that could not be read, or where a file is that the text names and nobody attached. */
function askFiles(
  briefs: readonly SourceDocument[],
  documents: readonly SourceDocument[],
  unread: readonly string[],
): readonly string[] {
  if (unread.length > 0) return unread.map((why) => `What does a file that could not be read ask for? ${why}`)
  const refersTo = briefs.map(({ text }) => ATTACHED.exec(text)?.[0]).find((words) => words !== undefined)
  return refersTo === undefined || documents.some(({ kind }) => kind === 'attachment')
    ? []
    : [`The text says “${refersTo}”, but no attachment could be read. Where is it?`]
}

/** What a student should ask before starting: contradictions, gaps and choices the texts leave open. */
export function askOpenQuestions(
  { context, documents, unread = [] }: ModelSteps['distill']['input'],
  genre: Distilled['genre'],
  found: readonly Merged[],
  dates: Dates,
): readonly string[] {
  const briefs = documents.filter(({ kind }) => kind === 'description' || kind === 'discussion')
  const choice = briefs.map(({ text }) => OPEN_CHOICE.exec(text)?.[0]).find((words) => words !== undefined)
  return [
    ...askDates(dates),
    ...askWeeks(found),
    ...askLength(genre, found),
    ...askConflicts(found),
    ...askFileTypes(context, documents, found),
    ...askFiles(briefs, documents, unread),
    ...(choice !== undefined ? [`The text says “${choice}”. May you choose, or are both needed?`] : []),
  ]
}
