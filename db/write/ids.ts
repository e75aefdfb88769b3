import { randomBytes } from 'node:crypto'

const BYTES_OF_SHORT_ID = 6

const newShortId = (letter: 'j' | 'w'): string =>
  `${letter}_${randomBytes(BYTES_OF_SHORT_ID).toString('hex')}`

/** A new job id: `j_` and 12 hexadecimal digits. */
export function newJobId(): string {
  return newShortId('j')
}

/** A new worker id: `w_` and 12 hexadecimal digits. */
export function newWorkerId(): string {
  return newShortId('w')
}
