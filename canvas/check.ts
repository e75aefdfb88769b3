import type { Dispatcher } from 'undici'

import type { Secret } from '../config/secret.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { createCanvasClient } from './client.ts'
import type { OutboundPolicy } from './guard/policy.ts'
import { describeRefusal, vetOrigin, type UrlRefusal } from './guard/vet-url.ts'

interface CredentialsToCheck {
  readonly baseUrl: string
  readonly apiKey: Secret
  readonly policy: OutboundPolicy
  /** The dispatcher of `createGuardedAgent(policy)`. */
  readonly agent: Dispatcher
  readonly contact: string
  readonly signal?: AbortSignal
}

export type CheckedCredentials =
  | { readonly ok: true; readonly origin: string }
  | {
      readonly ok: false
      readonly code: 'not_allowed'
      readonly reason: UrlRefusal
      readonly message: string
    }
  | {
      readonly ok: false
      readonly code: 'rejected' | 'unreachable'
      readonly canvas: RunFailure['canvas']
      readonly message: string
    }

/**
 * Tries a key against the Canvas it is said to be for, by reading the student's own user. Gives the origin to store,
 * or why not: the address is not allowed, Canvas rejects the key, or no Canvas answers there.
 */
export async function checkCredentials(credentials: CredentialsToCheck): Promise<CheckedCredentials> {
  const { baseUrl, apiKey: token, policy } = credentials
  const vetted = vetOrigin(baseUrl, policy)
  if (!vetted.ok) return { ...vetted, code: 'not_allowed', message: describeRefusal(vetted.reason) }
  const { origin } = vetted
  try {
    await createCanvasClient({ ...credentials, origin, token }).self()
    return { ok: true, origin }
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error
    return { ok: false, ...verdictOn(error), canvas: error.canvas }
  }
}

const ANOTHER_KEY = 'Make a new access token in your Canvas settings and store that.'

function verdictOn({ code, canvas, message }: RunFailure): {
  code: 'rejected' | 'unreachable'
  message: string
} {
  switch (canvas?.kind) {
    case 'token_expired':
      return { code: 'rejected', message: `Canvas says this key has expired. ${ANOTHER_KEY}` }
    case 'token_revoked':
      return { code: 'rejected', message: `Canvas says this key was revoked. ${ANOTHER_KEY}` }
    case 'user_agent':
      return { code: 'unreachable', message }
    case 'scope_missing':
      return { code: 'rejected', message }
    default:
      if (code === 'CANVAS_KEY_REJECTED' || code === 'CANVAS_FORBIDDEN') {
        return { code: 'rejected', message: `Canvas does not take this key. ${ANOTHER_KEY}` }
      }
      return {
        code: 'unreachable',
        message: 'No Canvas answers at this address. Check the address and try again.',
      }
  }
}
