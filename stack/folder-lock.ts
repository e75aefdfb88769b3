import { mkdir } from 'node:fs/promises'
import { lock } from 'proper-lockfile'
import { hasErrno } from './errno.ts'
import { StackFailure } from './stack-failure.ts'

const RETRY_MS = 250

interface LockOptions {
  /** How long to wait for another holder, in milliseconds. */
  readonly waitMs: number
  /** After this long without a sign of life a holder counts as dead, in milliseconds. */
  readonly staleMs: number
  /** What to say when the wait was in vain. */
  readonly busy: string
}

/** Holds a name in a folder against every other process; a holder that was killed loses it by itself. */
export async function holdLock(path: string, options: LockOptions): Promise<AsyncDisposable> {
  await mkdir(path, { recursive: true })
  const release = await takeLock(path, options)
  return {
    async [Symbol.asyncDispose]() {
      try {
        await release()
      } catch (thrown) {
        // Taken over while this machine slept: it is no longer ours to give back.
        if (!hasErrno(thrown, 'ENOTACQUIRED', 'ERELEASED', 'ECOMPROMISED')) throw thrown
      }
    },
  }
}

async function takeLock(path: string, { waitMs, staleMs, busy }: LockOptions): Promise<() => Promise<void>> {
  const retries = { retries: Math.ceil(waitMs / RETRY_MS), minTimeout: RETRY_MS, maxTimeout: RETRY_MS }
  try {
    // A laptop that slept is no reason to end; the default would throw where nobody can catch it.
    return await lock(path, { stale: staleMs, update: staleMs / 4, retries, onCompromised: () => undefined })
  } catch (thrown) {
    if (hasErrno(thrown, 'ELOCKED')) throw new StackFailure(busy, { cause: thrown })
    throw thrown
  }
}
