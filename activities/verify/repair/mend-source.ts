import type { Distilled, Requirement } from '../../../contract/requirements.ts'
import { createLocate } from '../collect-evidence.ts'
import { readNumbers, sameUse } from '../read-numbers.ts'
import type { Verifiable } from '../sources.ts'

/** Requirements with only what their documents say; those that stand in no document are left out. */
export interface MendedSource {
  readonly distilled: Distilled
  /** Requirements left out altogether. */
  readonly dropped: readonly Requirement[]
  readonly changed: readonly Requirement[]
}

/** Takes quotes that stand in no document, and counts that stand in no quote, out of what was distilled. */
export function mendSource({ distilled, documents }: Verifiable): MendedSource {
  const locate = createLocate(documents)
  const mended = distilled.requirements.map((requirement) => {
    const evidence = requirement.evidence.filter((item) => locate(item).match !== 'none')
    const said = readNumbers(evidence.map(({ quote }) => quote).join('\n'))
    const quantities = requirement.quantities.filter(({ text }) =>
      readNumbers(text).every((number) => said.some((other) => sameUse(number, other))),
    )
    const isSame =
      evidence.length === requirement.evidence.length && quantities.length === requirement.quantities.length
    return { requirement, kept: isSame ? requirement : { ...requirement, evidence, quantities } }
  })
  const lost = mended.filter(({ kept }) => kept.evidence.length === 0)
  const held = mended.filter(({ kept }) => kept.evidence.length > 0)
  return {
    distilled: { ...distilled, requirements: held.map(({ kept }) => kept) },
    dropped: lost.map(({ requirement }) => requirement),
    changed: held.filter(({ kept, requirement }) => kept !== requirement).map(({ kept }) => kept),
  }
}
