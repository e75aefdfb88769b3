import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere } from './errno.ts'
import { holdLock } from './folder-lock.ts'
import { processIdentity } from './process-identity.ts'
import { StackFailure } from './stack-failure.ts'

const STALE_MS = 5_000

/** Holds a folder for this process, so that one stack alone runs from it; throws StackFailure that names who holds it. */
export async function holdPlace(folder: string): Promise<AsyncDisposable> {
  const note = join(folder, 'run', 'stack.pid')
  await refuseIfHeld(folder, note)
  const lock = await holdLock(folder, {
    waitMs: STALE_MS * 2,
    staleMs: STALE_MS,
    busy: `a stack runs from ${folder} already: stop that one first`,
  })
  await mkdir(join(folder, 'run'), { recursive: true })
  await writeFile(note, (await processIdentity(process.pid)) ?? '')
  return {
    async [Symbol.asyncDispose]() {
      await rm(note, { force: true })
      await lock[Symbol.asyncDispose]()
    },
  }
}

// Asked before the lock, whose wait is for a holder that was killed: one that lives is told of at once.
async function refuseIfHeld(folder: string, note: string): Promise<void> {
  const holder = await readIfThere(note)
  if (!holder) return
  const pid = Number.parseInt(holder, 10)
  if ((await processIdentity(pid)) !== holder) return
  throw new StackFailure(
    `a stack runs from ${folder} already, as process ${pid}: use that one, or end it first (Ctrl-C in its terminal, or kill ${pid})`,
  )
}
