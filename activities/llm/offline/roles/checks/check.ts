/** One thing that was looked at in the artefacts, and what was seen. */
export interface Check {
  readonly criterion: string
  readonly passed: boolean
  readonly note: string
  /** Whether code looked at it, or it has a place where the finished work is held against it. */
  readonly covered: boolean
}

/** A check that code can settle. */
export function settled(criterion: string, faults: readonly string[], fine: string): Check {
  const [first] = faults
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  const note = first === undefined ? fine : `${first}${more}`
  return { criterion, passed: first === undefined, note, covered: true }
}
