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
  /** The share of each part by its name, the same in every sheet that is about it. */
  readonly shares: ReadonlyMap<string, number>
}

const EACH: Readonly<Record<string, RegExp>> = {
  annotations: /\bannotat\w+|\bentr(?:y|ies)\b|\beach source\b/i,
  replies: /\brepl(?:y|ies)\b|\bresponses?\b/i,
  documents: /\breadme\b|\b\w+\.md\b|\bdocument(?:ation|s)?\b/i,
}
const SECONDS = 60

const weightOf = (parts: readonly PartPlan[]): number => parts.reduce((sum, { weight }) => sum + weight, 0)

/** How much there is to share out over the parts of a form, of which a task may be about some alone. */
export function readWhole(
  bench: Bench,
  form: Form,
  all: readonly PartPlan[],
  parts: readonly PartPlan[],
): Whole | null {
  const whole = readAll(bench, form, all)
  const weight = weightOf(parts)
  if (whole === null || weight === 0) return null
  const weighed = all.filter((part) => part.weight > 0)
  const amounts = shareOut(
    whole.value,
    weighed.map((part) => part.weight),
    stepOf(whole, weighed.length),
  )
  const shares = new Map(weighed.map(({ name }, index) => [name, amounts[index] ?? 0]))
  if (weight === weightOf(all)) return { ...whole, shares }
  const value = parts.reduce((sum, { name }) => sum + (shares.get(name) ?? 0), 0)
  return { ...whole, shares, value, isPart: true }
}

type All = Omit<Whole, 'shares'>

function readAll(bench: Bench, form: Form, parts: readonly PartPlan[]): All | null {
  const isPart = false
  const weighed = parts.filter(({ weight }) => weight > 0).length
  if (form.counts === null || weighed === 0) return null
  if (form.counts === 'time') {
    const minutes = bench.minutes?.aim ?? bench.size.talk
    return minutes <= 0 ? null : { unit: 'seconds', value: minutes * SECONDS, asked: bench.minutes, isPart }
  }
  const sign = EACH[form.id]
  const each = sign === undefined ? null : readLengthOfEach(bench.input.requirements, sign)
  if (each !== null) {
    const times = form.id === 'documents' ? 1 : weighed
    return { unit: 'words', value: each.aim * times, asked: each, isPart }
  }
  const asked = bench.words
  const value = asked?.aim ?? bench.size.words
  return value <= 0 ? null : { unit: 'words', value, asked, isPart }
}

function stepOf({ unit, value }: All, parts: number): number {
  if (unit === 'seconds') return value >= parts * 30 ? 15 : 1
  return value >= parts * 50 ? 10 : 1
}

/** The shares of parts: those of the form where they are its own, else the whole shared out anew. */
function sharesOf(parts: readonly PartPlan[], whole: Whole): readonly number[] {
  const weights = parts.map(({ weight }) => weight)
  const weighed = parts.filter(({ weight }) => weight > 0)
  const own = weighed.reduce((sum, { name }) => sum + (whole.shares.get(name) ?? 0), 0)
  if (own === whole.value && weighed.every(({ name }) => whole.shares.has(name)))
    return parts.map(({ name, weight }) => (weight > 0 ? (whole.shares.get(name) ?? 0) : 0))
  return shareOut(whole.value, weights, stepOf(whole, weighed.length))
}

/** The parts as components of a plan, their shares adding up to the whole exactly. */
export function shareBudget(parts: readonly PartPlan[], whole: Whole | null): readonly Component[] {
  const shares = whole === null ? [] : sharesOf(parts, whole)
  return parts.map(({ name, purpose, weight }, index) => ({
    name,
    purpose,
    amount: whole === null || weight === 0 ? null : { unit: whole.unit, value: shares[index] ?? 0 },
  }))
}
