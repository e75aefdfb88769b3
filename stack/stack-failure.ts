/** A part of the local stack that could not be started or kept running, in words a person can act on. */
export class StackFailure extends Error {
  override readonly name = 'StackFailure'
}

/** Says one line to whoever started the stack. */
export type Say = (line: string) => void

/** The message of anything thrown, for a sentence that goes on. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
