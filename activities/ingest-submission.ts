import { createHash } from 'node:crypto'
import { z } from 'zod'

import { policyAllows } from '../contract/ai-policy.ts'
import { ParsedKind, type ParsedDocument } from '../contract/document.ts'
import { Count, Sha256 } from '../contract/primitives.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { readSubmission, type Submission } from '../db/read/submissions.ts'
import { storeSubmissionText } from '../db/write/submissions.ts'
import type { ActivityDeps } from './deps.ts'
import { parseDocument } from './documents/parse-document.ts'
import { readText } from './documents/read-text.ts'
import { explainOwnFile } from './explain-own-file.ts'
import { FEEDBACK_ARTEFACTS, runFeedbackStage } from './run-feedback-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

/** What the first stage notes of a submission; the text itself stands in the submission's own row. */
export const IngestedSubmission = z.strictObject({
  kind: ParsedKind,
  characters: Count,
  sha256: Sha256,
  warnings: z.array(z.string()),
})

/** The course's own words win: where they do not allow AI feedback, none is given. Throws RunFailure. */
export function refuseFeedback({ ai_policy }: Pick<Distilled, 'ai_policy'>): void {
  if (policyAllows(ai_policy).feedback) return
  const quote = ai_policy.evidence[0]?.quote ?? ''
  throw new RunFailure(
    'POLICY_FORBIDS_AI',
    `The course does not allow AI feedback on this work, so Waymark gives none; ask your instructor if you read it differently: “${quote}”`,
  )
}

type ReadText = Pick<ParsedDocument, 'text' | 'pages' | 'sha256' | 'kind' | 'warnings'>

function readPlainText(text: string): ReadText {
  const reading = readText(Buffer.from(text, 'utf8'))
  if (reading.text.trim() === '')
    throw new RunFailure('NO_TEXT', 'There is no text in what you sent. Send the work itself.')
  const sha256 = createHash('sha256').update(reading.text).digest('hex')
  return {
    kind: 'text',
    text: reading.text,
    pages: [...reading.pages],
    sha256,
    warnings: [...reading.warnings],
  }
}

async function readWork(
  { sandbox }: ActivityDeps,
  { file, text, name, content_type }: Submission,
  signal: AbortSignal,
): Promise<ReadText> {
  if (file === null) return readPlainText(text ?? '')
  const outcome = await parseDocument(
    { bytes: file, name, contentType: content_type ?? undefined, signal },
    sandbox,
  )
  if (outcome.ok) return outcome.document
  throw new RunFailure(outcome.code, explainOwnFile(outcome.code, name, outcome.message))
}

/** Reads what was handed in through the reader of all documents, and keeps its text in place of its file. */
export async function ingestSubmission(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runFeedbackStage(deps, 'ingest_submission', input, async ({ step, signal }) => {
    refuseFeedback(await readArtefact(deps.db.read, step, 'requirements', Distilled))
    const submission = await readSubmission(deps.db.read, step.job_id)
    const document = await readWork(deps, submission, signal)
    const { kind, text, sha256, warnings } = document
    const body = { kind, characters: text.length, sha256, warnings: warnings.map(({ message }) => message) }
    return {
      artefacts: [{ kind: FEEDBACK_ARTEFACTS.ingest_submission, body: IngestedSubmission.parse(body) }],
      also: (trx) => storeSubmissionText(trx, step.job_id, document),
    }
  })
}
