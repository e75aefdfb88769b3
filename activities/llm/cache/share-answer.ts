import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

/** An answer as it is kept: what the model said, not what was made of it. */
export interface KeptAnswer {
  readonly key: string
  readonly answer: unknown
  readonly provider: string
  readonly model: string
}

/** Where answers are kept, and who asks what at the moment. */
export interface AnswerStore {
  /** The first of these answers that is there; null when none is. */
  find(keys: readonly string[]): Promise<KeptAnswer | null>
  /** Whether the question is now this holder's to ask, for so long. */
  claim(key: string, holder: string, leaseMs: number): Promise<boolean>
  renew(key: string, holder: string, leaseMs: number): Promise<void>
  keep(kept: KeptAnswer, holder: string): Promise<void>
  release(key: string, holder: string): Promise<void>
}

export interface Sharing<R> {
  readonly store: AnswerStore
  /** The question put to each model there is, the first one first. */
  readonly keys: readonly [string, ...string[]]
  readonly signal: AbortSignal
  /** Makes a reply of a kept answer; null when it does not fit any more. */
  readonly revive: (kept: KeptAnswer) => Promise<R | null>
  /** Asks; answers the reply and what is to be kept of it. */
  readonly ask: () => Promise<{ readonly reply: R; readonly kept: KeptAnswer }>
  readonly leaseMs?: number
  readonly lookMs?: number
}

const LEASE_MS = 6_000
const LOOK_MS = 300
const RENEWALS_PER_LEASE = 3

async function askAsHolder<R>(
  { store, keys, ask, leaseMs = LEASE_MS }: Sharing<R>,
  holder: string,
): Promise<R> {
  const [first] = keys
  // A renewal that fails costs at worst a second asker; the next one tries again.
  const renewing = setInterval(
    () => void store.renew(first, holder, leaseMs).catch(() => undefined),
    leaseMs / RENEWALS_PER_LEASE,
  )
  try {
    const { reply, kept } = await ask()
    await store.keep(kept, holder)
    return reply
  } finally {
    clearInterval(renewing)
    // Of no effect once the answer is kept under this key.
    await store.release(first, holder)
  }
}

/**
 * Asks a question once for all who ask it at the same time, in whatever process: one asks and the others wait for its
 * answer. When the one dies or fails, another asks. Rejects with what asking threw, or the signal's reason.
 */
export async function shareAnswer<R>(sharing: Sharing<R>): Promise<R> {
  const { store, keys, signal, revive, ask, leaseMs = LEASE_MS, lookMs = LOOK_MS } = sharing
  const holder = randomUUID()
  for (;;) {
    signal.throwIfAborted()
    const kept = await store.find(keys)
    if (kept !== null) return (await revive(kept)) ?? (await ask()).reply
    if (await store.claim(keys[0], holder, leaseMs)) return askAsHolder(sharing, holder)
    await delay(lookMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}
