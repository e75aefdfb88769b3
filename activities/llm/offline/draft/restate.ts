import type { Requirement } from '../../../../contract/requirements.ts'

/** A statement as a line of the plan: the words of the source without its markup, begun large and ended with a stop. */
export function asLine({ statement }: Pick<Requirement, 'statement'>): string {
  const plain = statement
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const line = plain === '' ? statement : plain
  const begun = /^\p{Ll}+(?=[\s,-])/u.test(line) ? line.charAt(0).toUpperCase() + line.slice(1) : line
  return /[.!?:;…”")]$/.test(begun) ? begun.replace(/[;:]$/, '.') : `${begun}.`
}

const LABELS: Readonly<Record<Requirement['kind'], string>> = {
  deliverable: 'What to make',
  content: 'Content',
  structure: 'Structure',
  length: 'Length',
  source: 'Sources',
  method: 'Method',
  tool: 'Tools',
  format: 'Form',
  collaboration: 'Working together',
  process: 'On the way',
  policy: 'Rule',
  grading: 'Grading',
  submission: 'Handing in',
  deadline: 'Date',
}

const ORDER = Object.keys(LABELS)

/** `Length: 1,500 to 2,000 words.` */
export function asLabelled(requirement: Pick<Requirement, 'kind' | 'statement'>): string {
  return `${LABELS[requirement.kind]}: ${asLine(requirement)}`
}

/** Requirements in the order in which a finished work is checked: what it is first, handing in last. */
export function inCheckingOrder(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}
