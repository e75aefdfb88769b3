import type { RoleInput } from '../../../roles/role-input.ts'
import { readBench, type Bench } from './bench.ts'
import { chooseForm } from './choose-form.ts'
import type { Form, PartPlan } from './forms/form.ts'
import { narrowParts } from './narrow-parts.ts'
import { placeByTopic } from './place-demands.ts'
import { readWhole, type Whole } from './share-budget.ts'

/** A bench with the form that fits it: what each role of a build begins from. */
export interface Prepared {
  readonly bench: Bench
  readonly form: Form
  readonly parts: readonly PartPlan[]
  readonly whole: Whole | null
}

// Every check of a role begins from the same input, and reading it costs more than most of them.
const PREPARED = new WeakMap<RoleInput, Prepared>()

/** A task of an assignment that names no requirements answers what its parts are about; the rest is for other tasks. */
function keepToParts(bench: Bench, { counts, fits, alone }: Form, parts: readonly PartPlan[]): Bench {
  const { left } = placeByTopic(parts, bench.own, fits)
  const apart = alone === undefined ? [] : bench.own.filter((requirement) => !alone(requirement))
  const others = new Set([...left, ...apart].map(({ id }) => id))
  const length = { words: bench.words, time: bench.minutes }[counts ?? 'words']
  if (counts !== null) for (const { id } of length?.from ?? []) others.delete(id)
  return { ...bench, own: bench.own.filter(({ id }) => !others.has(id)) }
}

/** Reads the input and chooses the form of its scaffold: the same for every role, since it follows from the input alone. */
export function prepare(input: RoleInput): Prepared {
  const known = PREPARED.get(input)
  if (known !== undefined) return known
  const prepared = prepareAnew(input)
  PREPARED.set(input, prepared)
  return prepared
}

function prepareAnew(input: RoleInput): Prepared {
  const read = readBench(input)
  const form = chooseForm(read)
  const all = form.parts(read)
  const parts = narrowParts(read, form, all)
  const bench = read.isLinked ? read : keepToParts(read, form, parts)
  return { bench, form, parts, whole: readWhole(bench, form, all, parts) }
}
