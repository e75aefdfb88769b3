/** A data key encrypted by a key-encryption key; `kek_id` names the key that opens it again. */
export interface WrappedKey {
  readonly wrapped_dek: Buffer
  readonly wrap_iv: Buffer
  readonly wrap_tag: Buffer
  readonly kek_id: string
}

/** Keeper of key-encryption keys: the local key ring today, a KMS or Vault by the same two calls. */
export interface KeyWrapper {
  /** The key new wraps are made with. */
  readonly activeKekId: string
  /** Encrypts a data key under the active key, bound to `context`. */
  wrap(dek: Buffer, context: string): Promise<WrappedKey>
  /** Decrypts a data key; rejects with CredentialSealError when key, bytes or context do not fit. */
  unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>
}

type SealFault =
  | 'malformed_key_ring'
  | 'unknown_kek'
  | 'unsupported_version'
  | 'malformed_context'
  | 'not_authentic'

/** A secret that cannot be sealed or opened; the message names the remedy and holds no key material. */
export class CredentialSealError extends Error {
  override readonly name = 'CredentialSealError'
  readonly fault: SealFault

  constructor(fault: SealFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
