import type { Partial } from '../port.ts'

// About four times a second, as fast as people follow.
const EVERY_MS = 250

/** Makes what is told of a growing text and tells the parts of it that are new or other than before, at most so often. */
export function createPartialTeller(
  show: (text: string) => Promise<readonly Partial[]>,
  tell: (partial: Partial) => void,
  now: () => number = () => performance.now(),
): (text: string) => void {
  const told = new Map<string, string>()
  let last = Number.NEGATIVE_INFINITY
  let isShowing = false
  const tellNew = async (text: string): Promise<void> => {
    for (const partial of await show(text)) {
      const [place, words] = [`${partial.kind}:${partial.position}`, JSON.stringify(partial)]
      if (told.get(place) === words) continue
      told.set(place, words)
      tell(partial)
    }
  }
  return (text) => {
    if (isShowing || now() - last < EVERY_MS) return
    last = now()
    isShowing = true
    const shown = (): void => void (isShowing = false)
    // What cannot be shown now is shown with the whole.
    tellNew(text).then(shown, shown)
  }
}
