import { readComponent } from '../../../../roles/component.ts'
import type { RoleInput } from '../../../../roles/role-input.ts'
import { formatAmount, type Amount } from '../../../../roles/scaffold/amount.ts'
import { extensionOf, isBare } from '../../../../roles/scaffold/write-scaffold.ts'
import { prepare } from '../prepare.ts'
import { settled, type Check } from './check.ts'
import { searchArtefact } from './check-places.ts'

const SECONDS = 60

/** Whether a sum lies outside the length that was asked for of the whole; what is asked of each of several bounds no sum. */
function isOutside(input: RoleInput, { unit, value }: Amount): boolean {
  const { bench, whole } = prepare(input)
  const asked = whole?.unit === unit && !whole.isPart ? whole.asked : null
  if (asked === null || (asked !== bench.words && asked !== bench.minutes)) return false
  const factor = unit === 'words' ? 1 : SECONDS
  return value < asked.least * factor || (asked.most !== null && value > asked.most * factor)
}

/** Whether every part of the plan stands in the scaffold with its share, and the shares add up; nothing where none is shared. */
export function checkBudget(input: RoleInput): readonly Check[] {
  const components = (input.results.planning?.implementation_plan.components ?? []).map(readComponent)
  const shared = components.flatMap(({ name, amount }) => (amount === null ? [] : [{ name, amount }]))
  const [first] = shared
  const readable = input.files.filter(({ path }) => !isBare(extensionOf(path)))
  if (first === undefined || readable.length === 0) return []
  const { unit } = first.amount
  const value = shared.reduce((sum, { amount }) => sum + (amount.unit === unit ? amount.value : 0), 0)
  const total: Amount = { unit, value }
  const files = readable.map(searchArtefact)
  const lacks = (words: string) => !files.some(({ holds }) => holds(words))
  const faults = [
    ...shared
      .filter(({ amount }) => amount.unit !== unit)
      .map(({ name }) => `“${name}” is counted in something else.`),
    ...shared
      .filter(({ name, amount }) => lacks(`${name} ${formatAmount(amount)}`))
      .map(({ name, amount }) => `“${name}” does not stand there with ${formatAmount(amount)}.`),
    ...(lacks(`Total ${formatAmount(total)}`)
      ? [`The shares come to ${formatAmount(total)}, and the scaffold says something else.`]
      : []),
    ...(isOutside(input, total)
      ? [`The shares come to ${formatAmount(total)}, which is not the length asked for.`]
      : []),
  ]
  return [settled('The shares of the parts add up to the whole.', faults, `Together ${formatAmount(total)}.`)]
}
