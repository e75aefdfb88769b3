/** A stretch of a piece of work, with its place in the text, UTF-16 units, `end` exclusive. */
export interface Passage {
  readonly text: string
  readonly start: number
  readonly end: number
}
