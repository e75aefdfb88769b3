import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'

import { ConfigError, type ApiConfig } from '../../config/env.ts'
import { ALL_TENANTS } from '../../contract/scopes.ts'

/** How access tokens are signed and told apart; only ES256 is ever accepted. */
export interface TokenPolicy {
  readonly privateKey: KeyObject
  /** SPKI PEM. */
  readonly publicKey: string
  readonly issuer: string
  readonly audience: string
  /** Lifetime of a token, and the greatest age a verifier accepts. */
  readonly seconds: number
}

export const ALGORITHM = 'ES256'

type TokenSettings = Pick<
  ApiConfig,
  'AUTH_JWT_PRIVATE_KEY' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'ACCESS_TOKEN_SECONDS'
>

/** Reads the signing key of the settings; throws ConfigError for anything but a private key on curve P-256. */
export function createTokenPolicy(config: TokenSettings): TokenPolicy {
  const privateKey = readPrivateKey(config.AUTH_JWT_PRIVATE_KEY.reveal())
  return {
    privateKey,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    seconds: config.ACCESS_TOKEN_SECONDS,
  }
}

function readPrivateKey(pem: string): KeyObject {
  const wanted =
    'AUTH_JWT_PRIVATE_KEY must be a private key on curve P-256 in PKCS #8 PEM; ' +
    'make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256'
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch (cause) {
    throw new ConfigError(wanted, { cause })
  }
  throw new ConfigError(wanted)
}

/** The tenant whose rows an account's tokens open: its own, or every one. */
export function tenantClaim({
  tenant_id,
  is_platform,
}: {
  readonly tenant_id: string
  readonly is_platform: boolean
}): string {
  return is_platform ? ALL_TENANTS : tenant_id
}

interface Subject {
  readonly user_id: string
  readonly tenant_id: string
  readonly scopes: readonly string[]
}

/** Signs an access token for an account. */
export function signAccessToken(policy: TokenPolicy, { user_id, tenant_id, scopes }: Subject): string {
  return jwt.sign({ scopes, workspace_id: tenant_id }, policy.privateKey, {
    algorithm: ALGORITHM,
    subject: user_id,
    issuer: policy.issuer,
    audience: policy.audience,
    expiresIn: policy.seconds,
    jwtid: randomUUID(),
  })
}
