import { z } from 'zod'

import { CanvasContext } from '../contract/canvas-context.ts'
import type { ReadDb } from '../db/open.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { findRunOwner } from '../db/read/runs.ts'
import type { RunRef } from '../db/write/fence.ts'
import { insertDocuments, type NewDocument } from '../db/write/documents.ts'
import { reportProgress } from '../db/write/stages.ts'
import type { ActivityDeps } from './deps.ts'
import { quietContext } from './quiet-context.ts'
import { findNothingToPlan, listSources } from './read-sources.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome, StageWork } from './try-stage.ts'

/** What the first stage left behind. */
export const FetchedContext = z.strictObject({ context: CanvasContext, warnings: z.array(z.string()) })

/** The context of a run as the stages after this one use it: without what is addressed to a machine in it. */
export async function readQuietContext(read: ReadDb, run: RunRef): Promise<CanvasContext> {
  const { context } = await readArtefact(read, run, 'canvas_context', FetchedContext)
  return quietContext(context)
}

async function readAll(deps: ActivityDeps, { step, signal }: StageWork): Promise<NewDocument[]> {
  const { context } = await readArtefact(deps.db.read, step, 'canvas_context', FetchedContext)
  const { user_id } = await findRunOwner(deps.db.read, step.workspace_id)
  const client = await deps.canvas.connect(user_id, signal)
  const sources = listSources({ context, client, sandbox: deps.sandbox })
  const documents: NewDocument[] = []
  for (const source of sources) {
    const document = await source.read(signal)
    documents.push(document)
    const payload = { done: documents.length, total: sources.length, unit: 'documents' }
    const words =
      document.status === 'read'
        ? `Read ${source.name}.`
        : (document.message ?? `${source.name} could not be read.`)
    await reportProgress(deps.db.write, step, payload, words)
  }
  return documents
}

/** Reads every source of the assignment into stored documents; one that cannot be read is kept with its reason. */
export async function fetchAndParseAttachments(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'fetch_and_parse_attachments', input, async (work) => {
    const documents = await readAll(deps, work)
    const nothing = findNothingToPlan(documents)
    if (nothing !== null) throw nothing
    const body = documents.map(({ document_id, kind, name, status, code, sha256 }) => ({
      document_id,
      kind,
      name,
      status,
      code,
      sha256,
    }))
    return {
      artefacts: [{ kind: 'documents', body }],
      also: (trx) => insertDocuments(trx, work.step, documents),
    }
  })
}
