/** `hit` of `of` cases; summed over briefs before a share is taken, so that a long brief weighs more than a short one. */
export interface Tally {
  readonly hit: number
  readonly of: number
}

export type Tallies<Name extends string> = Readonly<Record<Name, Tally>>

/** Counts how many of the items pass. */
export function tally<T>(items: readonly T[], passes: (item: T) => boolean): Tally {
  return { hit: items.filter(passes).length, of: items.length }
}

/** The share that passed; null when there was no case. */
export function share({ hit, of }: Tally): number | null {
  return of === 0 ? null : hit / of
}

/** Adds tallies of the same names, case by case. */
export function sumTallies<Name extends string>(
  names: readonly Name[],
  list: readonly Tallies<Name>[],
): Tallies<Name> {
  const add = (name: Name, key: keyof Tally) => list.reduce((sum, one) => sum + one[name][key], 0)
  const sums = names.map((name) => [name, { hit: add(name, 'hit'), of: add(name, 'of') }] as const)
  return Object.fromEntries(sums) as Record<Name, Tally>
}
