import type { Component } from '../../../roles/component.ts'
import { shareOut } from '../../../roles/scaffold/share-out.ts'
import type { Bench } from './bench.ts'
import type { Form, PartPlan } from './forms/form.ts'
import { readLengthOfEach, type Length } from './read-length.ts'

/** What the whole of a form may take: words, or seconds; null where nothing is shared out. */
export interface Whole {
  readonly unit: 'words' | 'seconds'
  readonly value: number
  /** Null where the sources give no length and a usual one is taken. */
  readonly asked: Length | null
  /** Whether it is the share of some parts alone, and so less than what is asked of all. */
  readonly isPart: boolean
  /** What each part of the form has where all of them stand: it has the same on a sheet of some alone. */
  readonly shares: ReadonlyMap<PartPlan, number>
}

type Asked = Pick<Whole, 'unit' | 'value' | 'asked'>

const EACH: Readonly<Record<string, RegExp>> = {
  annotations: /\bannotat\w+|\bentr(?:y|ies)\b|\beach source\b/i,
  replies: /\brepl(?:y|ies)\b|\bresponses?\b/i,
  documents: /\breadme\b|\b\w+\.md\b|\bdocument(?:ation|s)?\b/i,
}
const SECONDS = 60

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

function stepOf({ unit, value }: Asked, parts: number): number {
  if (unit === 'seconds') return value >= parts * 30 ? 15 : 1
  return value >= parts * 50 ? 10 : 1
}

function shareAmong(parts: readonly PartPlan[], asked: Asked): readonly number[] {
  const weights = parts.map(({ weight }) => weight)
  return shareOut(asked.value, weights, stepOf(asked, weights.filter((weight) => weight > 0).length))
}

/** How much there is to share out over the parts of a form, of which a task may be about some alone. */
export function readWhole(
  bench: Bench,
  form: Form,
  all: readonly PartPlan[],
  parts: readonly PartPlan[],
): Whole | null {
  const asked = readAll(bench, form, all)
  if (asked === null) return null
  const amounts = shareAmong(all, asked)
  const shares = new Map(all.map((each, index) => [each, amounts[index] ?? 0]))
  const value = sum(parts.map((each) => shares.get(each) ?? 0))
  return value === 0 ? null : { ...asked, value, isPart: value < asked.value, shares }
}

function readAll(bench: Bench, form: Form, parts: readonly PartPlan[]): Asked | null {
  const weighed = parts.filter(({ weight }) => weight > 0).length
  if (form.counts === null || weighed === 0) return null
  if (form.counts === 'time') {
    const minutes = bench.minutes?.aim ?? bench.size.talk
    return minutes <= 0 ? null : { unit: 'seconds', value: minutes * SECONDS, asked: bench.minutes }
  }
  const sign = EACH[form.id]
  const each = sign === undefined ? null : readLengthOfEach(bench.input.requirements, sign)
  if (each !== null) {
    const times = form.id === 'documents' ? 1 : weighed
    return { unit: 'words', value: each.aim * times, asked: each }
  }
  const asked = bench.words
  const value = asked?.aim ?? bench.size.words
  return value <= 0 ? null : { unit: 'words', value, asked }
}

/** The parts as components of a plan, their shares adding up to the whole exactly. */
export function shareBudget(parts: readonly PartPlan[], whole: Whole | null): readonly Component[] {
  const known = parts.map((each) => whole?.shares.get(each) ?? 0)
  // Parts that somebody else thought of have weights of their own.
  const shares = whole === null || sum(known) === whole.value ? known : shareAmong(parts, whole)
  return parts.map(({ name, purpose, weight }, index) => ({
    name,
    purpose,
    amount: whole === null || weight === 0 ? null : { unit: whole.unit, value: shares[index] ?? 0 },
  }))
}
