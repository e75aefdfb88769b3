import type { Actor } from '../../contract/machines.ts'
import { cutText } from '../../contract/text.ts'
import type { LastError } from '../../contract/snapshot.ts'

const LONGEST_REASON = 500

interface Ended {
  readonly what: string
  readonly next: string
}

interface EndedBy {
  readonly actor: Actor
  readonly reason: string | null
}

/** What a person is told of a run an operator ended, with the operator's reason; the usual words where somebody else did. */
export function sayEnd(usual: string, { what, next }: Ended, by: EndedBy | undefined): string {
  if (by?.actor.type !== 'operator') return usual
  const reason = cutText((by.reason ?? '').replaceAll(/\s+/gu, ' ').trim(), LONGEST_REASON)
  return reason === '' ? usual : `An operator ended ${what}: “${reason}”. ${next}`
}

/** What is kept of an end that its owner did not bring about: by an operator, or in Temporal; null where it was the owner's own. */
export function errorOfEnd(ended: Ended, by: EndedBy): LastError | null {
  if (by.actor.type === 'user') return null
  const usual = `${by.reason ?? `Somebody ended ${ended.what}.`} ${ended.next}`
  return { code: 'TERMINATED', message: sayEnd(usual, ended, by), stage: null, retryable: false }
}
