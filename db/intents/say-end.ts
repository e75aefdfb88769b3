import { cutText } from '../../contract/text.ts'
import type { StopCause } from '../write/run-steps.ts'

const LONGEST_REASON = 500

/** What a person is told of a run an operator ended, with the operator's reason; the usual words where somebody else did. */
export function sayEnd(
  usual: string,
  { what, next }: { readonly what: string; readonly next: string },
  by: StopCause | undefined,
): string {
  if (by?.actor.type !== 'operator') return usual
  const reason = cutText(by.reason.replaceAll(/\s+/gu, ' ').trim(), LONGEST_REASON)
  return reason === '' ? usual : `An operator ended ${what}: “${reason}”. ${next}`
}
