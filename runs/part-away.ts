export type Part = 'PostgreSQL' | 'Temporal'

/** A part of the service that does not answer: becomes 503 with a hint to try again; `cause` is only logged. */
export class PartAway extends Error {
  override readonly name = 'PartAway'
  readonly part: Part

  constructor(part: Part, options: { readonly cause?: unknown } = {}) {
    super(`${part} does not answer`, options)
    this.part = part
  }
}
