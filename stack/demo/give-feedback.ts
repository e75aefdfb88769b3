import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

import { StackFailure } from '../stack-failure.ts'
import type { DemoArguments } from './arguments.ts'
import { eventsUrl, readFeedback, sendWork, type Student } from './client.ts'
import { followRun } from './follow.ts'
import { printFeedback } from './print-feedback.ts'
import { createProgressView } from './show-progress.ts'

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new StackFailure(`--feedback: ${path} cannot be read`, { cause })
  }
}

/** Asks for feedback on a file before the reader's eyes and prints it as its student would read it. */
export async function giveFeedback(
  apiUrl: string,
  student: Student,
  args: DemoArguments,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const job_id = await sendWork(apiUrl, student, args, { name: basename(path), file: await read(path) })
  process.stdout.write(`waymark: feedback on ${basename(path)}\n`)
  using view = createProgressView(process.stdout)
  const show = (event: Parameters<typeof view.show>[0]): void => view.show(event)
  await followRun({ url: eventsUrl(apiUrl, args), signIn: student.signIn, job_id, signal, show })
  view[Symbol.dispose]()
  process.stdout.write(`\n${printFeedback(await readFeedback(apiUrl, student, args, job_id))}\n\n`)
}
