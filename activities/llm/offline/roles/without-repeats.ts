import type { Requirement } from '../../../../contract/requirements.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'
import { asLine } from '../draft/restate.ts'

/** Requirements of which none says only what another says with more. */
export function withoutRepeats(own: readonly Requirement[]): readonly Requirement[] {
  const folded = own.map((requirement) => ` ${foldWords(asLine(requirement))} `)
  return own.filter(
    (_, at) =>
      !folded.some((other, index) => {
        const words = folded[at] ?? ''
        return index !== at && other.includes(words) && (other !== words || index < at)
      }),
  )
}
