/** Items of an answer that may be used, and why the others may not. */
export interface Sifted<T> {
  readonly kept: readonly T[]
  readonly refused: readonly string[]
}

type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

export const keep = <T>(value: T): Judged<T> => ({ ok: true, value })
export const refuse = (why: string): Judged<never> => ({ ok: false, why })

/** Keeps of a list what is judged well, and says of each other item why it is not kept. */
export function sift<A, T>(
  name: string,
  items: readonly A[],
  most: number,
  judge: (item: A) => Judged<T>,
): Sifted<T> {
  const kept: T[] = []
  const refused: string[] = []
  for (const [index, item] of items.slice(0, most).entries()) {
    const judged = judge(item)
    if (judged.ok) kept.push(judged.value)
    else refused.push(`${name}.${index}: ${judged.why}`)
  }
  return { kept, refused }
}

const MOST_ISSUES = 12

/** What is to be mended where most of an answer could not be used; null where enough of it could. */
export function issuesOf(sifted: readonly Sifted<unknown>[]): readonly string[] | null {
  const refused = sifted.flatMap((each) => each.refused)
  const kept = sifted.reduce((sum, each) => sum + each.kept.length, 0)
  return refused.length > kept ? refused.slice(0, MOST_ISSUES) : null
}
