import { seal } from '../../config/envelope.ts'
import { Secret } from '../../config/secret.ts'
import type { CheckedCredentials } from '../../canvas/check.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { deleteCanvasCredentials, storeCanvasCredentials } from '../../db/intents/credentials.ts'
import { findConnectedCanvas } from '../../db/read/credentials.ts'
import type { Handler } from '../route.ts'
import type { AccountDeps } from './account-deps.ts'

// The column the sealed key is bound to; whoever opens it has to name it.
const FIELD = 'api_key'

type Refused = Extract<CheckedCredentials, { readonly ok: false }>

function refusal(refused: Refused): ApiProblem {
  if (refused.code === 'not_allowed') return new ApiProblem('CANVAS_URL_NOT_ALLOWED', refused.message)
  const { message, canvas } = refused
  const code = refused.code === 'rejected' ? 'CANVAS_KEY_REJECTED' : 'CANVAS_UNREACHABLE'
  return new ApiProblem(code, message, { extras: canvas === undefined ? {} : { canvas } })
}

/** Tries a key against Canvas, and keeps it encrypted if Canvas takes it. */
export function createPutCanvasCredentials(deps: AccountDeps): Handler<'putCanvasCredentials'> {
  const { db, keys, checkCanvas } = deps
  return async ({ user, body, signal }) => {
    const apiKey = new Secret(body.api_key)
    const checked = await checkCanvas({ baseUrl: body.base_url, apiKey, signal })
    if (!checked.ok) throw refusal(checked)
    const { origin } = checked
    const sealed = await seal(keys, { user_id: user.sub, canvas_origin: origin, field: FIELD }, apiKey)
    const updatedAt = await storeCanvasCredentials(db.write, { user_id: user.sub, base_url: origin, sealed })
    return { status: 200, body: { base_url: origin, has_key: true, updated_at: updatedAt.toISOString() } }
  }
}

/** Shows which Canvas is connected, never the key. */
export function createGetCanvasCredentials({ db }: AccountDeps): Handler<'getCanvasCredentials'> {
  return async ({ user }) => {
    const connected = await findConnectedCanvas(db.read, user.sub)
    if (connected === null) return { status: 200, body: { base_url: null, has_key: false, updated_at: null } }
    const { base_url, updated_at } = connected
    return { status: 200, body: { base_url, has_key: true, updated_at: updated_at.toISOString() } }
  }
}

/** Forgets the key. */
export function createDeleteCanvasCredentials({ db }: AccountDeps): Handler<'deleteCanvasCredentials'> {
  return async ({ user }) => {
    await deleteCanvasCredentials(db.write, user.sub)
    return { status: 204 }
  }
}
