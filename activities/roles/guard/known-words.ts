import type { RoleInput } from '../role-input.ts'
import { sayEarlier } from '../say-earlier.ts'

/** Every text in a value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** All words that an artefact may borrow: what the sources say, and what the task, its plan and its sender say of them. */
export function knownWords(input: RoleInput): readonly string[] {
  const { subject, assignment, requirements, criteria, documents, earlier, sent_back, results } = input
  const others = [
    ...requirements.flatMap(({ statement, evidence }) => [statement, ...evidence.map(({ quote }) => quote)]),
    ...criteria.flatMap(({ description, long_description }) => [description, long_description ?? '']),
    subject.title,
    subject.description,
    subject.deliverable,
    subject.milestone ?? '',
    ...subject.validation.map(({ text }) => text),
    ...(assignment === null
      ? []
      : [
          assignment.title,
          assignment.objective,
          assignment.quality_bar,
          ...assignment.hard_constraints,
          ...assignment.open_questions,
        ]),
    ...earlier.flatMap(({ task, files }) => [task, ...files.map(({ summary }) => summary)]),
    ...sayEarlier(earlier),
    // Each role guards what it says itself, and what a person hands in is their own.
    ...textsIn([results.discovery, results.planning]),
    ...(sent_back === null
      ? []
      : [sent_back.reason, ...sent_back.failed_checks.flatMap(({ check, note }) => [check, note])]),
  ]
  // One text for everything short: what is looked up is looked up in few texts.
  return [...documents.map(({ text }) => text), others.join('\n')].filter((text) => text.trim() !== '')
}

/** A text as words alone, for finding one text in another whatever signs stand between. */
export function foldWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
