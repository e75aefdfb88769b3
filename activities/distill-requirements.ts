import { listDocuments } from '../db/read/documents.ts'
import type { RunRef } from '../db/write/fence.ts'
import { askModel, provenanceOf } from './ask-model.ts'
import type { ActivityDeps } from './deps.ts'
import { readQuietContext } from './fetch-attachments.ts'
import { EVERYONE, type SourceDocument } from './llm/port.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

type StoredDocument = Awaited<ReturnType<typeof listDocuments>>[number]

function toSources(documents: readonly StoredDocument[]): readonly SourceDocument[] {
  return documents
    .filter((document) => document.status === 'read')
    .map(({ document_id, kind, name, text, pages, warnings }) => ({
      document_id,
      kind,
      name,
      text,
      pages,
      unseen: warnings.flatMap(({ code, text: left }) =>
        left === undefined ? [] : [{ text: left, isHidden: code === 'hidden_text' }],
      ),
    }))
}

/** The documents of a run that could be read. */
export async function readSourceDocuments(
  deps: ActivityDeps,
  run: RunRef,
): Promise<readonly SourceDocument[]> {
  return toSources(await listDocuments(deps.db.read, run))
}

/** What the student reads of attachments that came and could not be read; what Canvas keeps back is none. */
function tellUnread(documents: readonly StoredDocument[]): readonly string[] {
  return documents.flatMap(({ kind, status, code, message }) =>
    kind === 'attachment' && status === 'refused' && message !== null && !code?.startsWith('CANVAS_')
      ? [message]
      : [],
  )
}

/** Works out what is asked: requirements, dates and policies, each with the words it rests on. */
export async function distillRequirements(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'distill_assignment_requirements', input, async (work) => {
    const context = await readQuietContext(deps.db.read, work.step)
    const stored = await listDocuments(deps.db.read, work.step)
    const asked = { context, documents: toSources(stored), unread: tellUnread(stored) }
    const reply = await askModel(deps, work, 'distill', asked, { share: EVERYONE })
    return {
      artefacts: [{ kind: 'requirements', body: reply.output, provenance: provenanceOf(deps, reply) }],
    }
  })
}
