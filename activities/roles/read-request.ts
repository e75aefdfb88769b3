import { extensionFor } from '../../contract/masterplan/target-files.ts'
import { ArtefactPath } from '../../contract/phase-results.ts'
import type { Quantity, Requirement } from '../../contract/requirements.ts'
import { toSlug } from '../../contract/slug.ts'
import { classifyKind } from '../llm/offline/distill/classify-kind.ts'
import { readModality } from '../llm/offline/distill/read-modality.ts'
import { readQuantities } from '../llm/offline/distill/read-quantities.ts'
import { flattenRequest, type Leaf } from './flatten-request.ts'
import { toLine } from './lines.ts'
import type { RoleInput, RoleSubject } from './role-input.ts'

/** What a person asked to have built, without a masterplan: any JSON object. */
export interface FreeRequest {
  readonly build_id: string
  readonly requirements: Readonly<Record<string, unknown>>
}

/** The document that the quotes of a free request stand in: the request itself, a line for each value. */
const REQUEST_DOCUMENT = '00000000-0000-8000-8000-000000000000'
const REQUEST_NAME = 'Request'

const LONGEST_TITLE = 200
const LONGEST_TEXT = 2_000
const MOST_TARGETS = 10
const FEWEST_WORDS_OF_A_SENTENCE = 4
const COUNTED = /\b(?<unit>words|pages|minutes|slides|sources|lines|characters)$/
// What a key names as a thing that the work does is one, whatever else its words may mean.
const FEATURES = /\b(?:features?|functions?|behaviou?rs?|stor(?:y|ies)|commands?|endpoints?)\b/i
const BINDING = /\b(?:must|required|mandatory|constraints?)\b/

const NAMED = {
  title: /^(?:title|name|project|project name)$/,
  description: /^(?:description|summary|goal|objective|purpose)$/,
  deliverable: /^(?:deliverable|deliverables|artefact|artifact|output)$/,
  targets: /^(?:target (?:path|file)s?|paths?|files?)$/,
  criteria:
    /^(?:acceptance criteria|success criteria|criteria|definition of done|done when|done definition)$/,
  format: /^(?:language|programming language|format|file type|file format)$/,
} as const

const isNamed = ({ keys: [first = ''] }: Leaf, name: keyof typeof NAMED): boolean => NAMED[name].test(first)

/** `Output › max words: 500`; a sentence stands for itself. */
function sayLeaf({ keys, value }: Leaf): string {
  if (typeof value === 'string' && value.split(' ').length >= FEWEST_WORDS_OF_A_SENTENCE) return value
  const path = keys.join(' › ')
  const label = `${path.charAt(0).toUpperCase()}${path.slice(1)}`
  const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
  return label === '' ? said : `${label}: ${said}`
}

/** What a leaf counts; where the key names the unit, as `max_words` does, it is read from there. */
function quantitiesOf({ keys, value }: Leaf, line: string): readonly Quantity[] {
  const key = keys.at(-1) ?? ''
  const unit = COUNTED.exec(key)?.groups?.['unit']
  if (typeof value !== 'number' || unit === undefined) return readQuantities(line)
  const bound = /\bmax(?:imum)?\b/.test(key) ? 'at_most' : /\bmin(?:imum)?\b/.test(key) ? 'at_least' : 'exact'
  return [{ text: String(value), value, upper: null, unit, bound }]
}

function kindOf(title: string, line: string, quantities: readonly Quantity[]): Requirement['kind'] {
  if (FEATURES.test(title)) return 'content'
  return quantities.length > 0 && COUNTED.test(title) ? 'length' : classifyKind(line, quantities, [title])
}

function toRequirement(leaf: Leaf, line: string, at: { start: number; index: number }): Requirement {
  const quantities = quantitiesOf(leaf, line)
  const title = leaf.keys.join(' ')
  const modality = readModality(line) ?? 'must'
  const end = at.start + line.length
  return {
    id: `r${at.index + 1}`,
    kind: kindOf(title, line, quantities),
    modality,
    statement: line,
    hard: modality !== 'may' && (quantities.length > 0 || BINDING.test(title)),
    quantities: [...quantities],
    alternative_group: null,
    criterion_id: null,
    evidence: [
      { document_id: REQUEST_DOCUMENT, quote: line, start: at.start, end, page: null, match: 'exact' },
    ],
  }
}

const textOf = (leaves: readonly Leaf[], name: keyof typeof NAMED): string =>
  leaves
    .filter((leaf) => isNamed(leaf, name))
    .map(({ value }) => String(value))
    .join(' ')

/** Where the artefacts go: where the request says, as far as that is safe, else one file named for the build. */
function targetsOf(
  leaves: readonly Leaf[],
  build_id: string,
  extension: string,
): RoleSubject['target_paths'] {
  const wished = leaves
    .filter((leaf) => isNamed(leaf, 'targets'))
    .map(({ value }) => String(value))
    .filter((path) => ArtefactPath.safeParse(path).success)
  const unique = [...new Map(wished.map((path) => [path.toLowerCase(), path])).values()].slice(
    0,
    MOST_TARGETS,
  )
  const [first, ...others] = unique
  return first === undefined ? [`build/${toSlug(build_id) || 'scaffold'}.${extension}`] : [first, ...others]
}

/**
 * Turns a free request into what roles work from: every value a statement under the keys that lead to it, with the
 * request itself as the document it is quoted from; titles, criteria and target paths by the keys they usually have.
 */
export function readRequest({
  build_id,
  requirements: request,
}: FreeRequest): Pick<RoleInput, 'subject' | 'assignment' | 'requirements' | 'criteria' | 'documents'> {
  const leaves = flattenRequest(request)
  const said = leaves
    .filter((leaf) => !isNamed(leaf, 'title') && !isNamed(leaf, 'targets'))
    .map((leaf) => ({ leaf, line: sayLeaf(leaf) }))
  let start = 0
  const requirements = said.map(({ leaf, line }, index) => {
    const requirement = toRequirement(leaf, line, { start, index })
    start += line.length + 1
    return requirement
  })
  const deliverable = toLine(textOf(leaves, 'deliverable'), LONGEST_TITLE)
  const title = toLine(textOf(leaves, 'title') || deliverable || `Build ${build_id}`, LONGEST_TITLE)
  const named = [deliverable || title, textOf(leaves, 'format')].join(' ')
  return {
    subject: {
      title,
      description: toLine(textOf(leaves, 'description'), LONGEST_TEXT),
      deliverable: deliverable || title,
      task_type: 'work',
      target_paths: targetsOf(leaves, build_id, extensionFor(named, 'programming')),
      validation: said
        .filter(({ leaf }) => isNamed(leaf, 'criteria'))
        .map(({ line }) => ({ of: 'acceptance_criterion', text: line })),
      estimated_minutes: null,
      milestone: null,
      aim: null,
      requirement_ids: [],
    },
    assignment: null,
    requirements,
    criteria: [],
    documents: [
      {
        document_id: REQUEST_DOCUMENT,
        kind: 'description',
        name: REQUEST_NAME,
        text: said.map(({ line }) => line).join('\n'),
        pages: [],
      },
    ],
  }
}
