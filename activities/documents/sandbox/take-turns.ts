/** A gate that lets at most `limit` callers work at once; the rest wait in order and leave when aborted. */
export function takeTurns(limit: number): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work, signal) => {
    if (running >= limit) await waitTurn(waiting, signal)
    else running += 1
    try {
      signal?.throwIfAborted()
      return await work()
    } finally {
      // The place goes straight to the next in line, so that nobody can slip in between.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}

function waitTurn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      waiting.splice(waiting.indexOf(turn), 1)
      reject(signal?.reason)
    }
    waiting.push(turn)
    signal?.addEventListener('abort', leave, { once: true })
  })
}
