import { createHash, randomUUID } from 'node:crypto'

import type { CanvasClient } from '../canvas/client.ts'
import type { CanvasContext } from '../contract/canvas-context.ts'
import type { DocumentKind } from '../contract/evidence.ts'
import { RunFailure } from '../contract/run-errors.ts'
import type { NewDocument } from '../db/write/documents.ts'
import { describeFacts, describeRubric } from './describe-facts.ts'
import { parseDocument, parseHtml, type ParseOutcome } from './documents/parse-document.ts'
import type { Sandbox } from './documents/sandbox.ts'

/** One source that is still to be read. */
export interface Source {
  readonly kind: DocumentKind
  readonly name: string
  read(signal: AbortSignal): Promise<NewDocument>
}

interface Reach {
  readonly context: CanvasContext
  readonly client: CanvasClient
  readonly sandbox: Sandbox
}

function plainText(kind: DocumentKind, name: string, text: string): Source {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const read = async (): Promise<NewDocument> => ({
    document_id: randomUUID(),
    kind,
    name,
    status: 'read',
    text,
    pages: [],
    sha256,
    bytes_sha256: null,
    parser: 'canvas@1',
    code: null,
    message: null,
    warnings: [],
  })
  return { kind, name, read }
}

function fromOutcome(kind: DocumentKind, name: string, outcome: ParseOutcome): NewDocument {
  const document_id = randomUUID()
  if (!outcome.ok) return refused(kind, name, outcome.code, outcome.message)
  const { text, pages, sha256, bytes_sha256, parser, warnings } = outcome.document
  return {
    document_id,
    kind,
    name,
    status: 'read',
    text,
    pages,
    sha256,
    bytes_sha256,
    parser,
    code: null,
    message: null,
    warnings,
  }
}

function refused(kind: DocumentKind, name: string, code: string, message: string): NewDocument {
  return {
    document_id: randomUUID(),
    kind,
    name,
    status: 'refused',
    text: '',
    pages: [],
    sha256: createHash('sha256').digest('hex'),
    bytes_sha256: null,
    parser: null,
    code,
    message,
    warnings: [],
  }
}

function html(kind: DocumentKind, name: string, markup: string, sandbox: Sandbox): Source {
  return {
    kind,
    name,
    read: async (signal) => fromOutcome(kind, name, await parseHtml(markup, name, sandbox, signal)),
  }
}

// What one file cannot give must not fail the run; what every file would suffer from must.
const FILE_FAILURES: ReadonlySet<string> = new Set([
  'CANVAS_NOT_FOUND',
  'CANVAS_FORBIDDEN',
  'UNSUPPORTED',
  'CORRUPT',
])

function attachment(reach: Reach, file: CanvasContext['assignment']['attachments'][number]): Source {
  const { client, sandbox } = reach
  const read = async (signal: AbortSignal): Promise<NewDocument> => {
    try {
      const { bytes, contentType } = await client.download(file.course_id, file.file_id)
      const outcome = await parseDocument(
        { bytes, name: file.name, contentType: file.content_type ?? contentType ?? undefined, signal },
        sandbox,
      )
      return fromOutcome('attachment', file.name, outcome)
    } catch (error) {
      if (error instanceof RunFailure && FILE_FAILURES.has(error.code)) {
        return refused('attachment', file.name, error.code, error.message)
      }
      throw error
    }
  }
  return { kind: 'attachment', name: file.name, read }
}

/** Every source of an assignment in the order a person would read them; empty ones are left out. */
export function listSources(reach: Reach): readonly Source[] {
  const { context, sandbox } = reach
  const { assignment, course } = context
  const markup: readonly (readonly [DocumentKind, string, string | null])[] = [
    ['description', 'Assignment description', assignment.description_html],
    ['discussion', 'Discussion prompt', assignment.discussion_message_html],
    ['syllabus', 'Course syllabus', course.syllabus_html],
  ]
  const [description = [], discussion = [], syllabus = []] = markup.map(([kind, name, text]) =>
    text === null || text.trim() === '' ? [] : [html(kind, name, text, sandbox)],
  )
  const rubric = describeRubric(context)
  return [
    ...description,
    ...discussion,
    ...assignment.attachments.map((file) => attachment(reach, file)),
    ...(rubric === '' ? [] : [plainText('rubric', 'Rubric', rubric)]),
    ...syllabus,
    plainText('canvas', 'Canvas', describeFacts(context)),
  ]
}

const TASK_KINDS: ReadonlySet<DocumentKind> = new Set(['description', 'discussion', 'attachment'])
// "See attached." tells nothing once the attachment cannot be read.
const POINTER_CHARACTERS = 80

/** How many characters of a document tell what to do: its links, by address or by name of a lost file, only point. */
function lengthOfTelling(text: string, lostNames: readonly string[]): number {
  const withoutAddresses = text.replace(/https?:\/\/\S+/g, '')
  return lostNames.reduce((rest, name) => rest.replaceAll(name, ''), withoutAddresses).trim().length
}

/** Why nothing is left to plan from, or null when something is. */
export function findNothingToPlan(documents: readonly NewDocument[]): RunFailure | null {
  const task = documents.filter((document) => TASK_KINDS.has(document.kind))
  const read = task.filter((document) => document.status === 'read')
  const refused = task.filter(({ status, kind }) => status === 'refused' && kind === 'attachment')
  const [lost] = refused
  if (lost === undefined) {
    if (read.some(({ text }) => text.trim() !== '')) return null
    return new RunFailure(
      'NO_TEXT',
      'The assignment has no description and no attachment in Canvas. Ask your instructor where the instructions are, then reprocess.',
    )
  }
  const names = refused.map(({ name }) => name)
  const told = read.reduce((sum, { text }) => sum + lengthOfTelling(text, names), 0)
  if (told > POINTER_CHARACTERS) return null
  return new RunFailure(
    refusalCode(lost.code),
    `${lost.message ?? 'The attachment cannot be read.'} Nothing else says what is asked.`,
  )
}

function refusalCode(code: string | null) {
  switch (code) {
    case 'PARSE_TIMEOUT':
    case 'PARSE_MEMORY':
    case 'ENCRYPTED':
    case 'CORRUPT':
    case 'UNSUPPORTED':
    case 'CANVAS_NOT_FOUND':
    case 'CANVAS_FORBIDDEN':
      return code
    default:
      return 'NO_TEXT'
  }
}
