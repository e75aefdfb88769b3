import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrno, readIfThere } from './errno.ts'
import { StackFailure } from './stack-failure.ts'

const CREDENTIAL_KEY_BYTES = 32

/** The environment variables that carry this installation's own keys. */
export interface InstallationSecrets {
  /** PKCS #8 PEM, ES256. */
  readonly AUTH_JWT_PRIVATE_KEY: string
  /** `id:base64`. */
  readonly CREDENTIAL_KEYS: string
}

/** Reads this installation's keys from a folder, made on the first call and readable by nobody else. */
export async function loadSecrets(folder: string): Promise<InstallationSecrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [AUTH_JWT_PRIVATE_KEY, CREDENTIAL_KEYS] = await Promise.all([
    readOrMake(join(folder, 'jwt-signing-key.pem'), makeSigningKey),
    readOrMake(join(folder, 'credential-keys'), makeCredentialKey),
  ])
  return { AUTH_JWT_PRIVATE_KEY, CREDENTIAL_KEYS }
}

const makeSigningKey = (): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey

const makeCredentialKey = (): string => `k1:${randomBytes(CREDENTIAL_KEY_BYTES).toString('base64')}`

async function readOrMake(path: string, make: () => string): Promise<string> {
  const known = await readIfThere(path)
  if (known !== undefined) return known.trim()
  const half = `${path}.${randomUUID()}`
  await writeFile(half, `${make().trim()}\n`, { mode: 0o600 })
  try {
    // A link fails when the name is taken: of two first starts one makes the key, and both read that one.
    await link(half, path)
  } catch (thrown) {
    if (!hasErrno(thrown, 'EEXIST')) throw thrown
  } finally {
    await rm(half, { force: true })
  }
  const made = await readIfThere(path)
  if (made === undefined) throw new StackFailure(`${path} was made and is gone`)
  return made.trim()
}
