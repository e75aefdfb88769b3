import type { Handlers } from '../route.ts'
import type { AccountDeps } from './account-deps.ts'
import {
  createDeleteCanvasCredentials,
  createGetCanvasCredentials,
  createPutCanvasCredentials,
} from './canvas-credentials.ts'
import { createMe, createRegister } from './register.ts'
import { createLogin, createRefresh } from './sign-in.ts'
import { createStreamTicket } from './stream-ticket.ts'

type AccountOperation =
  | 'register'
  | 'login'
  | 'refresh'
  | 'me'
  | 'createStreamTicket'
  | 'putCanvasCredentials'
  | 'getCanvasCredentials'
  | 'deleteCanvasCredentials'

/** Makes the handlers of accounts, tokens and the key to Canvas. */
export function createAccountHandlers(deps: AccountDeps): Handlers<AccountOperation> {
  return {
    register: createRegister(deps),
    login: createLogin(deps),
    refresh: createRefresh(deps),
    me: createMe(deps),
    createStreamTicket: createStreamTicket(deps),
    putCanvasCredentials: createPutCanvasCredentials(deps),
    getCanvasCredentials: createGetCanvasCredentials(deps),
    deleteCanvasCredentials: createDeleteCanvasCredentials(deps),
  }
}
