import type { Passwords } from '../accounts/passwords.ts'
import type { TokenPolicy } from '../accounts/access-token.ts'
import type { KeyWrapper } from '../../config/key-wrapper.ts'
import type { Secret } from '../../config/secret.ts'
import type { CheckedCredentials } from '../../canvas/check.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { OpenDatabase } from '../../db/open.ts'

/** Tries a key against the Canvas it is said to be for. */
export type CheckCanvas = (credentials: {
  readonly baseUrl: string
  readonly apiKey: Secret
  readonly signal: AbortSignal
}) => Promise<CheckedCredentials>

/** What the account routes work with. */
export interface AccountDeps {
  readonly db: OpenDatabase
  readonly passwords: Passwords
  readonly tokens: TokenPolicy
  readonly refreshTokenSeconds: number
  readonly keys: KeyWrapper
  readonly checkCanvas: CheckCanvas
  readonly limiter: Limiter
}
