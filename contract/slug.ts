const MARKS = /\p{M}/gu
const LONGEST = 60

/** A text as a slug of limited length: lower-case words joined by hyphens; empty when no letter or digit is left. */
export function toSlug(text: string, longest = LONGEST): string {
  const plain = text.normalize('NFKD').replaceAll(MARKS, '').toLowerCase()
  const words = plain.match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, longest).replace(/-$/, '')
}

/** Gives out slugs that are no one else's: a wish that is taken gets the next free number. */
export function createNamer(taken: Iterable<string>): (wish: string) => string {
  const names = new Set(taken)
  return (wish) => {
    let name = wish
    for (let count = 2; names.has(name); count += 1) name = `${wish}-${count}`
    names.add(name)
    return name
  }
}
