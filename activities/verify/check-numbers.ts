import type { Finding } from './finding.ts'
import { withoutDates } from './read-dates.ts'
import { readFileTypes } from './read-file-types.ts'
import { readNumbers, sameUse, type NumberUse } from './read-numbers.ts'
import { quotesOf, readSaid, type LinkedString, type Sources } from './sources.ts'

const TIMES_OF_OUR_OWN = new Set(['minute', 'hour', 'day'])
const DUE_STRATEGY = /\/due_strategy$/
const RISK = /^\/risks\//

function asPattern(name: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${name.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'gu',
  )
}

/** The text without names that hold figures of their own, such as a course `GEO 210`. */
function withoutNames(text: string, names: readonly string[]): string {
  return names
    .filter((name) => /\d/.test(name))
    .reduce((rest, name) => rest.replace(asPattern(name), ' … '), text)
}

/** How long something takes is the plan's own to say, unless the string speaks for a source. */
function isOwnTime(number: NumberUse, { requirements }: LinkedString): boolean {
  return requirements.length === 0 && number.unit !== null && TIMES_OF_OUR_OWN.has(number.unit)
}

/** Counts distilled from the quotes, with the unit they were given: the quote may name it at another place. */
function countsOf({ requirements }: LinkedString, quoted: readonly NumberUse[]): readonly NumberUse[] {
  const values = new Set(quoted.map(({ value }) => value))
  return requirements
    .flatMap(({ quantities }) => quantities.flatMap(({ text, unit }) => readNumbers(`${text} ${unit}`)))
    .filter(({ value }) => values.has(value))
}

/** Numbers and file types of one string that stand neither in its quotes nor in Canvas. */
export function checkNumbersOf(sources: Sources, string: LinkedString): readonly Finding[] {
  const { facts } = sources
  if (DUE_STRATEGY.test(string.pointer)) return []
  const linked = string.requirements.length > 0
  const said = linked ? readSaid(quotesOf(string.requirements)) : sources.everywhere
  const known = [...said.numbers, ...countsOf(string, said.numbers), ...facts.numbers]
  const claimed = readNumbers(withoutDates(withoutNames(string.text, facts.names)))
  const severity = RISK.test(string.pointer) && !linked ? ('warning' as const) : ('error' as const)
  const foreign = claimed.filter(
    (number) => !isOwnTime(number, string) && !known.some((other) => sameUse(number, other)),
  )

  const types = new Set([...said.fileTypes, ...facts.extensions])
  const foreignTypes = readFileTypes(withoutNames(string.text, facts.names)).filter(
    (type) => !types.has(type),
  )
  return [
    ...foreign.map(({ text, unit }) => ({
      code: 'NUMBER_NOT_IN_SOURCE' as const,
      pointer: string.pointer,
      severity,
      message: `“${text}${unit === null ? '' : ` ${unit}`}” stands in no quote this line rests on.`,
    })),
    ...foreignTypes.map((type) => ({
      code: 'FILE_TYPE_NOT_IN_SOURCE' as const,
      pointer: string.pointer,
      severity,
      message: `The file type ${type} stands neither in a quote nor in Canvas.`,
    })),
  ]
}
