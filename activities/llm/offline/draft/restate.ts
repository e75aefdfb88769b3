import { beginsWithCommandLine } from '../distill/restate.ts'
import type { Requirement } from '../../../../contract/requirements.ts'

/** A statement as a line of the plan: the words of the source without its markup, begun large and ended with a stop. */
export function asLine({ statement }: Pick<Requirement, 'statement'>): string {
  const plain = statement
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  // A tree of files that stands under the colon is no part of the line.
  const line = (plain === '' ? statement : plain).replace(
    / this: (\S+\/)$/u,
    ' this: $1 with what the source lists in it',
  )
  const begun =
    !beginsWithCommandLine(line) && /^\p{Ll}+(?=[\s,-])/u.test(line)
      ? line.charAt(0).toUpperCase() + line.slice(1)
      : line
  return /[.!?:;…”"]$/.test(begun) ? begun.replace(/[;:]$/, '.') : `${begun}.`
}

// Dates and handing in come first, then what it is, then how; rules of conduct last.
const ORDER: readonly Requirement['kind'][] = [
  'deadline',
  'submission',
  'deliverable',
  'length',
  'source',
  'format',
  'structure',
  'content',
  'method',
  'tool',
  'process',
  'collaboration',
  'policy',
  'grading',
]

/** Requirements in the order of what costs most when it is missed: dates and handing in first, rules of conduct last. */
export function inOrderOfCost(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}
