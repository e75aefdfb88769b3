import { decrypt, encrypt } from './aes-gcm.ts'
import { CredentialSealError, type KeyWrapper } from './key-wrapper.ts'

const KEK_BYTES = 32
const KEK_ID = /^[A-Za-z0-9_.-]{1,64}$/

/**
 * Reads `id:base64,id2:base64` (commas or line breaks) into a key ring: the first key wraps, all of them unwrap.
 * Throws CredentialSealError on an id used twice, a key that is not 32 bytes, or an empty ring.
 */
export function parseKeyRing(text: string): KeyWrapper {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(/[,\n]/).map((part) => part.trim())) {
    if (entry === '') continue
    const [id, key] = parseEntry(entry)
    if (keys.has(id)) throw malformed(`The key ring names the key ${id} twice; give each key its own id.`)
    keys.set(id, key)
  }
  const [activeKekId] = keys.keys()
  if (activeKekId === undefined) throw malformed('The key ring is empty; give at least one id:base64 pair.')
  return createKeyRing(activeKekId, keys)
}

function parseEntry(entry: string): [string, Buffer] {
  const colon = entry.indexOf(':')
  const id = entry.slice(0, Math.max(colon, 0))
  if (!KEK_ID.test(id)) throw malformed('A key ring entry is not of the form id:base64.')
  const encoded = entry.slice(colon + 1)
  const key = Buffer.from(encoded, 'base64')
  // Buffer.from skips what is not base64, so a mistyped key must be caught by encoding it again.
  if (key.length !== KEK_BYTES || key.toString('base64') !== encoded) {
    throw malformed(
      `The key ${id} is not ${KEK_BYTES} bytes in base64; make one with: openssl rand -base64 32`,
    )
  }
  return [id, key]
}

function createKeyRing(activeKekId: string, keys: ReadonlyMap<string, Buffer>): KeyWrapper {
  const keyNamed = (id: string): Buffer => {
    const key = keys.get(id)
    if (key !== undefined) return key
    throw new CredentialSealError(
      'unknown_kek',
      `The key ring has no key ${id}; put it back until no row uses it.`,
    )
  }
  return {
    activeKekId,
    wrap: async (dek, context) => {
      const { ct, iv, tag } = encrypt(keyNamed(activeKekId), dek, boundTo(activeKekId, context))
      return { wrapped_dek: ct, wrap_iv: iv, wrap_tag: tag, kek_id: activeKekId }
    },
    unwrap: async ({ wrapped_dek, wrap_iv, wrap_tag, kek_id }, context) =>
      decrypt(keyNamed(kek_id), { ct: wrapped_dek, iv: wrap_iv, tag: wrap_tag }, boundTo(kek_id, context)),
  }
}

const boundTo = (kekId: string, context: string): string => `kek|${kekId}|${context}`

const malformed = (message: string): CredentialSealError =>
  new CredentialSealError('malformed_key_ring', message)
