import { randomBytes } from 'node:crypto'

/** A mark for one call that nobody who wrote a document can have known. */
export function drawMark(): string {
  return randomBytes(12).toString('hex')
}
