/** Shows previews one after the other while their stage goes on; the same one twice is shown once. */
export interface PreviewQueue<P> {
  show(preview: P): void
  /** Resolves when all are shown; rejects with what showing the first that failed threw. */
  settled(): Promise<void>
}

/** Makes a queue that writes previews in order, numbered from 0 in their try. */
export function createPreviewQueue<P>(
  write: (preview: P, position: number) => Promise<void>,
): PreviewQueue<P> {
  const shown = new Set<string>()
  let last = Promise.resolve()
  return {
    show: (preview) => {
      const words = JSON.stringify(preview)
      if (shown.has(words)) return
      const position = shown.add(words).size - 1
      last = last.then(() => write(preview, position))
      // It is thrown by whoever waits for all; until then it must not end the process.
      last.catch(() => undefined)
    },
    settled: () => last,
  }
}
