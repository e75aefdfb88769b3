import type { Requirement } from '../../../../contract/requirements.ts'
import { isNamed, isSetting } from '../distill/rank-hard.ts'
import { findSubjects } from './topics.ts'

type Kind = Requirement['kind']

/** What one look at the finished work shows together. */
export type CheckName =
  | 'Contents'
  | 'Sources'
  | 'Citations'
  | 'Layout'
  | 'Form'
  | 'Length'
  | 'Tests'
  | 'Documents'
  | 'How it is made'
  | 'Handing in'
  | 'Conduct'

const OF_THE_WORK: ReadonlySet<Kind> = new Set([
  'submission',
  'deliverable',
  'length',
  'source',
  'format',
  'structure',
  'content',
  'method',
  'tool',
])
const CONDITION = /^(?:if|when|unless|where|should you)\b/iu
// What is done before there is a text, and leaves nothing to look at in it.
const ON_THE_WAY = /^(?:please )?(?:start early|choose|pick|decide|ask|talk|read|e-?mail|contact)\b/iu
// Named in passing, what a test or a document is about stands elsewhere.
const ABOUT_TESTS = /\btests?\b|\bcoverage\b|\b(?:test )?cases\b/iu
const ABOUT_DOCUMENTS = /\breadme\b|\b[\w-]+\.md\b/iu
const BY_KIND: Readonly<Partial<Record<Kind, CheckName>>> = {
  submission: 'Handing in',
  length: 'Length',
  source: 'Sources',
  format: 'Form',
  method: 'How it is made',
  tool: 'How it is made',
  policy: 'Conduct',
  collaboration: 'Conduct',
  process: 'Conduct',
}

/** Whether the finished work shows that a demand is met, so that it can be ticked before it is handed in. */
export function isSeenAtTheEnd(requirement: Requirement): boolean {
  const { kind, modality, statement } = requirement
  if (modality === 'may' || modality === 'should') return false
  if (isNamed(requirement)) return true
  return OF_THE_WORK.has(kind) && !CONDITION.test(statement) && !ON_THE_WAY.test(statement)
}

/** Under which name a demand is looked for in the finished work. */
export function checkNameOf(requirement: Requirement): CheckName {
  const { kind, statement } = requirement
  const known = BY_KIND[kind]
  if (known === 'Conduct' || known === 'Length') return known
  const subjects = findSubjects(statement)
  if (subjects.includes('citations')) return 'Citations'
  if (requirement.hard && isSetting(requirement)) return 'Layout'
  if (kind !== 'submission' && ABOUT_DOCUMENTS.test(statement)) return 'Documents'
  if (kind !== 'source' && ABOUT_TESTS.test(statement)) return 'Tests'
  // "Answered with evidence" asks for something to be written.
  if (kind === 'source' && !subjects.includes('sources')) return 'Contents'
  return known ?? 'Contents'
}
