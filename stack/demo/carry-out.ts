import { join } from 'node:path'

import type { StreamEvent } from '../../contract/events.ts'
import { askApproval } from './ask-approval.ts'
import type { Assignment, Student } from './client.ts'
import { follow } from './follow.ts'
import { findMasterplan, type MasterplanClient } from './masterplan-client.ts'
import { printFiles, printMasterplan } from './print-masterplan.ts'
import { createExecutionView } from './show-execution.ts'

const say = (line: string): void => void process.stdout.write(`waymark: ${line}\n`)

interface CarryingOut {
  readonly apiUrl: string
  readonly student: Student
  readonly assignment: Assignment
  readonly signal: AbortSignal
  /** Whether somebody is there to say yes or no. */
  readonly canAsk: boolean
  /** Where this machine keeps the artefacts of all executions. */
  readonly artefactRoot: string
}

async function execute(
  masterplan: MasterplanClient,
  { signIn }: Student,
  signal: AbortSignal,
): Promise<void> {
  await masterplan.execute()
  using view = createExecutionView(process.stdout)
  const see = (event: StreamEvent): true | undefined => {
    view.show(event)
    return event.event_type === 'masterplan_execution_complete' ? true : undefined
  }
  await follow({ url: masterplan.eventsUrl, signIn, signal, see })
}

async function showArtefacts(masterplan: MasterplanClient, artefactRoot: string): Promise<void> {
  const [{ workspace_path }, files] = await Promise.all([masterplan.read(), masterplan.files()])
  say(`${files.length} artefacts in ${join(artefactRoot, workspace_path ?? '')}`)
  process.stdout.write(`${printFiles(files)}\n`)
  const [first] = files
  if (first === undefined) return
  say(`the first of them, ${first.path}`)
  process.stdout.write(`\n${await masterplan.file(first.path)}\n`)
}

/** Has the draft reviewed and, once approved, carried out before the reader's eyes; whether it came to completed. */
export async function carryOut(given: CarryingOut): Promise<boolean> {
  const { apiUrl, student, assignment, signal, canAsk, artefactRoot } = given
  const masterplan = await findMasterplan(apiUrl, student, assignment)
  process.stdout.write(`${printMasterplan(await masterplan.read())}\n`)
  if (!(await askApproval(canAsk, signal))) {
    await masterplan.reject()
    say('rejected: the next reprocess makes another plan')
    return true
  }
  await masterplan.approve()
  say('approved, and now carried out')
  await execute(masterplan, student, signal)
  const { status, completed_tasks, total_tasks } = await masterplan.read()
  say(`${status}: ${completed_tasks} of ${total_tasks} tasks completed`)
  await showArtefacts(masterplan, artefactRoot)
  return status === 'completed'
}
