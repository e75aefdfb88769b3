import type { CanvasAccess } from '../activities/canvas-access.ts'
import { createCanvasClient } from '../canvas/client.ts'
import { createGuardedAgent } from '../canvas/guard/agent.ts'
import type { OutboundPolicy } from '../canvas/guard/policy.ts'
import { createTokenGates } from '../canvas/token-gates.ts'
import { open } from '../config/envelope.ts'
import { CredentialSealError, type KeyWrapper } from '../config/key-wrapper.ts'
import type { Secret } from '../config/secret.ts'
import { RunFailure } from '../contract/run-errors.ts'
import type { ReadDb } from '../db/open.ts'
import { findSealedCredentials, type SealedCredentials } from '../db/read/credentials.ts'

interface CanvasAccessOptions {
  readonly db: ReadDb
  readonly keys: KeyWrapper
  readonly policy: OutboundPolicy
  readonly contact: string
}

const NOT_CONNECTED = 'No Canvas key is stored. Store one under Canvas credentials, then retry this stage.'
const NOT_OPENED =
  'The stored Canvas key cannot be opened any more. Store it again under Canvas credentials, then retry this stage.'

async function openKey(keys: KeyWrapper, userId: string, stored: SealedCredentials): Promise<Secret> {
  const context = { user_id: userId, canvas_origin: stored.base_url, field: 'api_key' }
  try {
    return await open(keys, context, stored.sealed)
  } catch (cause) {
    if (cause instanceof CredentialSealError)
      throw new RunFailure('CANVAS_KEY_REJECTED', NOT_OPENED, { cause })
    throw cause
  }
}

/** The worker's way to Canvas: every call goes through the guarded connector with the student's own key. */
export function createCanvasAccess({
  db,
  keys,
  policy,
  contact,
}: CanvasAccessOptions): CanvasAccess & AsyncDisposable {
  const agent = createGuardedAgent(policy)
  const gates = createTokenGates()
  return {
    connect: async (userId, signal) => {
      const stored = await findSealedCredentials(db, userId)
      if (stored === null) throw new RunFailure('CANVAS_KEY_REJECTED', NOT_CONNECTED)
      const token = await openKey(keys, userId, stored)
      return createCanvasClient({ origin: stored.base_url, token, policy, agent, contact, signal, gates })
    },
    [Symbol.asyncDispose]: () => agent.close(),
  }
}
