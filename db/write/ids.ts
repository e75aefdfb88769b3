import { randomBytes } from 'node:crypto'

const BYTES_OF_SHORT_ID = 6

/** A new job id: `j_` and 12 hexadecimal digits. */
export function newJobId(): string {
  return `j_${randomBytes(BYTES_OF_SHORT_ID).toString('hex')}`
}
