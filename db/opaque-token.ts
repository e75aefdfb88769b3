import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** A new token of 256 random bits, as text for a URL. */
export function newOpaqueToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** What is stored in place of a token: 256 random bits need no salt and no slow hash. */
export function hashOpaqueToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
