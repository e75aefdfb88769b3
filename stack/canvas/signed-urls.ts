import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const LIFETIME_SECONDS = 15 * 60

/** Addresses of the file store that carry their own permission, for a quarter of an hour. */
export class SignedUrls {
  readonly #key = randomBytes(32)
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** The token of a file version: when it ends, and a MAC over both. */
  sign(versionId: bigint): string {
    const expires = Math.floor(this.#now().getTime() / 1000) + LIFETIME_SECONDS
    return `${expires}.${this.#mac(versionId, expires)}`
  }

  /** Says whether a token opens a file version now. */
  opens(versionId: bigint, token: string): boolean {
    const match = /^(\d+)\.([\w-]+)$/.exec(token)
    if (match?.[1] === undefined || match[2] === undefined) return false
    const expires = Number(match[1])
    const expected = Buffer.from(this.#mac(versionId, expires))
    const given = Buffer.from(match[2])
    const authentic = expected.length === given.length && timingSafeEqual(expected, given)
    return authentic && this.#now().getTime() / 1000 < expires
  }

  #mac(versionId: bigint, expires: number): string {
    return createHmac('sha256', this.#key).update(`${versionId}.${expires}`).digest('base64url')
  }
}

/** The name under which the store keeps a file version: a UUID that tells nothing about it. */
export function storedName(versionId: bigint): string {
  const hex = createHash('sha256').update(`stored ${versionId}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
