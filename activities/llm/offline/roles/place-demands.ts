import type { Requirement } from '../../../../contract/requirements.ts'
import type { Demand } from '../../../roles/scaffold/scaffold.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'
import { createQuiet } from '../../../roles/guard/quiet.ts'
import { clip } from '../draft/grounded.ts'
import { asLine } from '../draft/restate.ts'
import { topicsOf, type Topic } from '../draft/topics.ts'
import type { Bench } from './bench.ts'
import { holdsTimestamp } from '../text/tell-times.ts'

const LONGEST_DEMAND = 400
const LONGEST_QUOTE = 200

/** A requirement as a line to tick: its words, where it stands, and the words of the source where they differ. */
export function createSayDemand({ input }: Bench): (requirement: Requirement) => Demand {
  const documents = new Map(input.documents.map(({ document_id, name }) => [document_id, name]))
  const quiet = createQuiet(input.assignment?.suspicious ?? [])
  return (requirement) => {
    const { modality, evidence } = requirement
    const [first] = evidence
    const line = asLine(requirement)
    const text = clip(
      modality === 'may' ? `Allowed: ${line}` : modality === 'should' ? `Recommended: ${line}` : line,
      LONGEST_DEMAND,
    )
    if (first === undefined) return { text, source: null, quote: null }
    const name = documents.get(first.document_id) ?? null
    const source = name === null || first.page === null ? name : `${name}, p. ${first.page}`
    const quoted = foldWords(first.quote)
    const own = foldWords(requirement.statement)
    // A time that is told in the student's zone is told better than it is quoted.
    const same = holdsTimestamp(first.quote) || quoted.includes(own) || own.includes(quoted)
    const quote = first.quote.replaceAll(/\s+/g, ' ').trim()
    // With words taken out of it, it would be no quote.
    const isWhole = quiet(quote) === quote
    return { text, source, quote: same || !isWhole ? null : clip(quote, LONGEST_QUOTE) }
  }
}

/** Puts each of several things where the first of its topics is taken; what nobody takes or does not fit is left over. */
export function placeByTopic(
  parts: readonly { readonly name: string; readonly takes: readonly Topic[] }[],
  requirements: readonly Requirement[],
  fits: (requirement: Requirement) => boolean = () => true,
): { readonly placed: ReadonlyMap<string, readonly Requirement[]>; readonly left: readonly Requirement[] } {
  const homeOf = (requirement: Requirement): string | null => {
    if (!fits(requirement)) return null
    for (const topic of topicsOf(requirement)) {
      const home = parts.find(({ takes }) => takes.includes(topic))
      if (home !== undefined) return home.name
    }
    return null
  }
  const homes = Map.groupBy(requirements, homeOf)
  const placed = new Map([...homes].flatMap(([name, own]) => (name === null ? [] : [[name, own] as const])))
  return { placed, left: homes.get(null) ?? [] }
}
