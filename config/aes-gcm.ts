import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CredentialSealError } from './key-wrapper.ts'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
// Without an explicit tag length Node accepts a tag cut to 4 bytes, which can be guessed.
const OPTIONS = { authTagLength: TAG_BYTES } as const

export interface Encrypted {
  readonly ct: Buffer
  readonly iv: Buffer
  readonly tag: Buffer
}

/** Encrypts with AES-256-GCM (NIST SP 800-38D) under a fresh random 96-bit IV, bound to `aad`. */
export function encrypt(key: Buffer, plaintext: Buffer, aad: string): Encrypted {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, OPTIONS).setAAD(Buffer.from(aad))
  const ct = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { ct, iv, tag: cipher.getAuthTag() }
}

/** Decrypts and authenticates; throws CredentialSealError when a byte, the tag, the key or `aad` differs. */
export function decrypt(key: Buffer, { ct, iv, tag }: Encrypted, aad: string): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, OPTIONS).setAAD(Buffer.from(aad)).setAuthTag(tag)
    return Buffer.concat([decipher.update(ct), decipher.final()])
  } catch (cause) {
    throw new CredentialSealError(
      'not_authentic',
      'The stored key is damaged or belongs to another account or Canvas. Store the Canvas key again.',
      { cause },
    )
  }
}
