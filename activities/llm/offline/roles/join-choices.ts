import type { Requirement } from '../../../../contract/requirements.ts'
import { asLine } from '../draft/restate.ts'

const LONGEST = 900

/** Requirements of which one is to be chosen as one requirement that says so, in the place of the first. */
export function joinChoices(requirements: readonly Requirement[]): readonly Requirement[] {
  const groups = Map.groupBy(requirements, ({ alternative_group, id }) => alternative_group ?? `only ${id}`)
  return [...groups.values()].flatMap((options): readonly Requirement[] => {
    const [first, ...others] = options
    const said = options.map((option) => asLine(option).replace(/\.$/, '')).join(' / ')
    const statement = `Choose one of: ${said}`
    if (first === undefined || others.length === 0 || statement.length > LONGEST) return options
    return [
      {
        ...first,
        statement,
        hard: options.some(({ hard }) => hard),
        quantities: options.flatMap(({ quantities }) => quantities),
        evidence: options.flatMap(({ evidence }) => evidence),
      },
    ]
  })
}
