import type { Requirement } from '../../../../contract/requirements.ts'

/** How much work the sheet asks for, read from its quantities. */
export interface WorkSize {
  readonly words: number
  readonly sources: number
  readonly slides: number
  readonly talk: number
  readonly replies: number
  /** Requirements that ask for something to be made or done. */
  readonly items: number
}

// One double-spaced page in a 12-point font.
const WORDS_PER_PAGE = 275

const UNITS: readonly (readonly [keyof WorkSize, RegExp, number])[] = [
  ['words', /^words?$/i, 1],
  ['words', /^pages?$/i, WORDS_PER_PAGE],
  ['words', /^paragraphs?$/i, 150],
  ['sources', /^(?:sources?|articles?|references?|books?|citations?|entries|annotations?|works?)$/i, 1],
  ['slides', /^slides?$/i, 1],
  ['talk', /^min(?:ute)?s?$/i, 1],
  ['replies', /^(?:replies|reply|responses?|classmates?|peers?)$/i, 1],
]

const MOST: WorkSize = { words: 12_000, sources: 60, slides: 80, talk: 120, replies: 12, items: 60 }
const MAKING = new Set<Requirement['kind']>(['deliverable', 'content', 'structure', 'method', 'process'])

function largest(requirements: readonly Requirement[], size: keyof WorkSize): number {
  const amounts = requirements.flatMap(({ modality, quantities }) =>
    modality === 'must_not'
      ? []
      : quantities.flatMap((quantity) =>
          UNITS.filter(([key, unit]) => key === size && unit.test(quantity.unit.trim())).map(
            ([, , factor]) => Math.max(quantity.value, quantity.upper ?? 0) * factor,
          ),
        ),
  )
  return Math.min(MOST[size], Math.max(0, ...amounts))
}

/** Reads how much is asked; what the sheet leaves open is taken from what is usual for the genre. */
export function measureWork(requirements: readonly Requirement[], usual: Partial<WorkSize>): WorkSize {
  const read = (size: keyof WorkSize) => largest(requirements, size) || (usual[size] ?? 0)
  return {
    words: read('words'),
    sources: read('sources'),
    slides: read('slides'),
    talk: read('talk'),
    replies: read('replies'),
    items: Math.min(MOST.items, requirements.filter(({ kind }) => MAKING.has(kind)).length),
  }
}
