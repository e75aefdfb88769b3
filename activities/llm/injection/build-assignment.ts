import { randomUUID } from 'node:crypto'

import type { CanvasContext } from '../../../contract/canvas-context.ts'
import type { DocumentKind } from '../../../contract/evidence.ts'
import { describeFacts, describeRubric } from '../../describe-facts.ts'
import { parseDocument, parseHtml, type ParseOutcome } from '../../documents/parse-document.ts'
import type { Sandbox } from '../../documents/sandbox.ts'
import { quietContext } from '../../quiet-context.ts'
import { essayContext, essayDocuments } from '../offline/draft/examples/essay-assignment.ts'
import type { SourceDocument } from '../port.ts'
import type { Planted } from './injected-case.ts'
import { cleanHandout } from './write-handout.ts'

const [SHEET] = essayDocuments
const DISCUSSION = '<p>Post one question about your river before the workshop.</p>'
const SYLLABUS =
  '<h3>Conduct</h3><p>Late work without a note is not accepted. Be respectful in the workshop.</p><p>Office hours are on Tuesday.</p>'

/** An assignment as the stages get it: context and documents, with the ids of its documents the same every time. */
export interface BuiltAssignment {
  readonly context: CanvasContext
  readonly documents: readonly SourceDocument[]
}

function descriptionOf(more: string): string {
  const paragraphs = (SHEET?.text ?? '').trim().split('\n\n')
  return paragraphs.map((text) => `<p>${text}</p>`).join('') + more
}

function contextOf({ title, criterion = '', explanation, rating }: Planted): CanvasContext {
  const { assignment, rubric } = essayContext
  if (rubric === null) return essayContext
  const criteria = rubric.criteria.map((one, index) =>
    index === 1
      ? {
          ...one,
          description: `${one.description}${criterion}`,
          long_description: explanation ?? null,
          ratings: rating === undefined ? [] : [{ description: rating, long_description: null, points: 30 }],
        }
      : one,
  )
  return {
    ...essayContext,
    assignment: { ...assignment, title: title ?? assignment.title },
    rubric: { ...rubric, criteria },
  }
}

const ids = new Map<DocumentKind, string>()

function idOf(kind: DocumentKind): string {
  const id = ids.get(kind) ?? randomUUID()
  ids.set(kind, id)
  return id
}

function toDocument(kind: DocumentKind, name: string, outcome: ParseOutcome): SourceDocument {
  if (!outcome.ok) throw new UnreadableCase(`${name}: ${outcome.code}`)
  const { text, pages, warnings } = outcome.document
  const unseen = warnings.flatMap(({ code, text: left }) =>
    left === undefined ? [] : [{ text: left, isHidden: code === 'hidden_text' }],
  )
  return { document_id: idOf(kind), kind, name, text, pages, unseen }
}

function written(kind: DocumentKind, name: string, text: string): SourceDocument {
  return { document_id: idOf(kind), kind, name, text, pages: [] }
}

/** A case whose document cannot be read tests nothing. */
class UnreadableCase extends Error {
  override readonly name = 'UnreadableCase'
}

/** Reads assignments as a run reads them from Canvas; what stays the same from case to case is read once. */
export function createBuilder(sandbox: Sandbox): (planted: Planted) => Promise<BuiltAssignment> {
  const pages = new Map<string, Promise<SourceDocument>>()
  const html = (kind: DocumentKind, name: string, markup: string): Promise<SourceDocument> => {
    const key = `${kind} ${markup}`
    const page =
      pages.get(key) ?? parseHtml(markup, name, sandbox).then((outcome) => toDocument(kind, name, outcome))
    pages.set(key, page)
    return page
  }
  return async (planted) => {
    const context = contextOf(planted)
    const { name, bytes } = planted.attachment ?? cleanHandout('markdown')
    return {
      context: quietContext(context),
      documents: [
        await html('description', 'Assignment description', descriptionOf(planted.description ?? '')),
        await html('discussion', 'Discussion prompt', `${DISCUSSION}${planted.discussion ?? ''}`),
        toDocument('attachment', name, await parseDocument({ bytes, name }, sandbox)),
        written('rubric', 'Rubric', describeRubric(context)),
        await html('syllabus', 'Course syllabus', `${SYLLABUS}${planted.syllabus ?? ''}`),
        written('canvas', 'Canvas', describeFacts(context)),
      ],
    }
  }
}
