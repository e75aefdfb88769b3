import type { Requirement } from '../../../../contract/requirements.ts'
import type { Grounded } from './grounded.ts'
import { asLine } from './restate.ts'

const LONGEST_LINE = 1_200

/** Demands of one sort as lines under their name, `Citations: Use MLA. No footnotes.`, so many to a line at most. */
export function joinDemands(
  name: string,
  demands: readonly Requirement[],
  most = demands.length,
): readonly Grounded[] {
  const lines: Requirement[][] = []
  let room = 0
  for (const demand of demands) {
    const size = asLine(demand).length + 1
    const last = lines.at(-1)
    if (last === undefined || size > room || last.length >= most) {
      lines.push([demand])
      room = LONGEST_LINE - size
    } else {
      last.push(demand)
      room -= size
    }
  }
  const label = name === '' || demands.length === 1 ? '' : `${name}: `
  return lines.map((own) => ({
    text: label + own.map(asLine).join(' '),
    from: own.map(({ id }) => id),
  }))
}
