import type { Requirement } from '../../../../../contract/requirements.ts'
import type { Grid } from '../../../../roles/scaffold/scaffold.ts'
import type { Topic } from '../../draft/topics.ts'
import type { Bench } from '../bench.ts'

/** A part of a form: what it is for, what its writer asks themselves, and blanks. It holds no word of the work. */
export interface PartPlan {
  /** Without colon and brackets: it stands before them in a component. */
  readonly name: string
  readonly purpose: string
  readonly asks: readonly string[]
  /** Labels of blanks. */
  readonly slots: readonly string[]
  /** Its share beside the others; 0 where it takes none. */
  readonly weight: number
  /** Topics of demands that are met here; the first part that takes a topic gets it. */
  readonly takes: readonly Topic[]
}

/** A sort of scaffold: which parts it has, and how a student works with it. */
export interface Form {
  readonly id: string
  readonly name: string
  readonly use: string
  /** What is added where stubs stand in it. */
  readonly stubs?: string
  /** What is shared out over the parts: words of text or time to speak. */
  readonly counts: 'words' | 'time' | null
  readonly parts: (bench: Bench) => readonly PartPlan[]
  readonly grid?: (bench: Bench) => Grid | null
  /** Which demands belong into its parts; the others hold for all of it. All where it does not say. */
  readonly fits?: (requirement: Requirement) => boolean
  /** Which demands belong into it where nobody said which its task answers; all that fit its parts where it does not say. */
  readonly alone?: (requirement: Requirement) => boolean
  /** Whether it declares what the brief names. */
  readonly code?: boolean
  /** Whether the rubric is shown beside it. */
  readonly judged?: boolean
}

/** A part with what it says of itself; what it leaves out is empty. */
export function part(name: string, purpose: string, more: Partial<PartPlan> = {}): PartPlan {
  return { name, purpose, asks: [], slots: [], weight: 0, takes: [], ...more }
}

/** A row of empty cells. */
export function blankRow(columns: number): readonly string[] {
  return Array.from({ length: columns }, () => '')
}

/** So many of something, from 1. */
export function several<T>(count: number, make: (number: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1))
}

/** A number held between two others. */
export function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)))
}
