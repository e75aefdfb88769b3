import { createHash } from 'node:crypto'

import type { Secret } from '../config/secret.ts'
import { createTokenGate, type TokenGate } from './throttle.ts'

/** Gives each token its one gate, so that parallel stages of one student share its three calls in flight. */
export interface TokenGates {
  gateOf(origin: string, token: Secret): TokenGate
}

/** Makes the gates of one process; a gate that no client holds any more is forgotten. */
export function createTokenGates(): TokenGates {
  const gates = new Map<string, WeakRef<TokenGate>>()
  const forget = new FinalizationRegistry<string>((key) => {
    if (gates.get(key)?.deref() === undefined) gates.delete(key)
  })
  return {
    gateOf: (origin, token) => {
      const key = createHash('sha256').update(`${origin}|${token.reveal()}`).digest('hex')
      const known = gates.get(key)?.deref()
      if (known !== undefined) return known
      const gate = createTokenGate()
      gates.set(key, new WeakRef(gate))
      forget.register(gate, key)
      return gate
    },
  }
}
