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
  if (weight === weightOf(all)) return whole
  const step = whole.unit === 'words' ? 10 : 15
  const value = Math.max(step, Math.round((whole.value * weight) / weightOf(all) / step) * step)
  return { ...whole, value, isPart: true }
}

function readAll(bench: Bench, form: Form, parts: readonly PartPlan[]): Whole | null {
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

function stepOf({ unit, value }: Whole, parts: number): number {
  if (unit === 'seconds') return value >= parts * 30 ? 15 : 1
  return value >= parts * 50 ? 10 : 1
}

/** The parts as components of a plan, their shares adding up to the whole exactly. */
export function shareBudget(parts: readonly PartPlan[], whole: Whole | null): readonly Component[] {
  const weights = parts.map(({ weight }) => weight)
  const weighed = weights.filter((weight) => weight > 0).length
  const shares = whole === null ? [] : shareOut(whole.value, weights, stepOf(whole, weighed))
  return parts.map(({ name, purpose, weight }, index) => ({
    name,
    purpose,
    amount: whole === null || weight === 0 ? null : { unit: whole.unit, value: shares[index] ?? 0 },
  }))
}
