import { randomBytes } from 'node:crypto'
import { decrypt, encrypt } from './aes-gcm.ts'
import { CredentialSealError, type KeyWrapper, type WrappedKey } from './key-wrapper.ts'
import { Secret } from './secret.ts'

const KEY_VERSION = 1
const DEK_BYTES = 32

/** What a sealed value belongs to; a row moved to another user, Canvas or column does not open. */
export interface SealContext {
  readonly user_id: string
  readonly canvas_origin: string
  readonly field: string
}

/** One encrypted value as its database columns; `key_version` is the version of this layout. */
export interface SealedSecret extends WrappedKey {
  readonly ct: Buffer
  readonly iv: Buffer
  readonly tag: Buffer
  readonly key_version: number
}

/**
 * Encrypts a secret under its own random data key, and that key under the active key of `keys`.
 * Both layers authenticate the context; only the wrapped data key also authenticates `kek_id`, so that a rotation
 * renews the wrapping and leaves the encrypted value as it is.
 */
export async function seal(keys: KeyWrapper, context: SealContext, plaintext: Secret): Promise<SealedSecret> {
  const aad = contextAad(context)
  const dek = randomBytes(DEK_BYTES)
  const bytes = Buffer.from(plaintext.reveal())
  try {
    return { ...encrypt(dek, bytes, aad), ...(await keys.wrap(dek, aad)), key_version: KEY_VERSION }
  } finally {
    dek.fill(0)
    bytes.fill(0)
  }
}

/** Decrypts a sealed secret; rejects with CredentialSealError when row, context or key ring do not fit together. */
export async function open(keys: KeyWrapper, context: SealContext, sealed: SealedSecret): Promise<Secret> {
  const aad = contextAad(context)
  const dek = await unwrapDek(keys, aad, sealed)
  try {
    const bytes = decrypt(dek, sealed, aad)
    const secret = new Secret(bytes.toString())
    bytes.fill(0)
    return secret
  } finally {
    dek.fill(0)
  }
}

/** Wraps the data key of a row anew under the active key; the encrypted value itself stays byte for byte. */
export async function rewrap(
  keys: KeyWrapper,
  context: SealContext,
  sealed: SealedSecret,
): Promise<SealedSecret> {
  const aad = contextAad(context)
  const dek = await unwrapDek(keys, aad, sealed)
  try {
    // A wrong data key would only be noticed at the next use, after the old wrapping is gone.
    decrypt(dek, sealed, aad).fill(0)
    return { ...sealed, ...(await keys.wrap(dek, aad)) }
  } finally {
    dek.fill(0)
  }
}

function unwrapDek(keys: KeyWrapper, aad: string, sealed: SealedSecret): Promise<Buffer> {
  if (sealed.key_version === KEY_VERSION) return keys.unwrap(sealed, aad)
  throw new CredentialSealError(
    'unsupported_version',
    `The stored key has the layout ${sealed.key_version}, which this version does not read; upgrade the service.`,
  )
}

function contextAad({ user_id, canvas_origin, field }: SealContext): string {
  const parts = [user_id, canvas_origin, field]
  // The separator inside a part would let two different contexts read the same.
  if (parts.some((part) => part === '' || part.includes('|'))) {
    throw new CredentialSealError(
      'malformed_context',
      'User, Canvas origin and field must be present, without "|".',
    )
  }
  return ['v1', ...parts].join('|')
}
