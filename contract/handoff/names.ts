import { HANDOFF, type HandoffState } from '../machines/handoff-machine.ts'
import { ROLES, type Role } from '../roles.ts'

function nameIn<N extends string>(names: readonly N[], text: string): N | null {
  const wanted = text.toLowerCase()
  return names.find((name) => name === wanted) ?? null
}

/** The role of this name in whatever case; null when there is none. */
export function parseRole(text: string): Role | null {
  return nameIn(ROLES, text)
}

/** The hand-off state of this name in whatever case; null when there is none. */
export function parseHandoffState(text: string): HandoffState | null {
  return nameIn(HANDOFF.states, text)
}
