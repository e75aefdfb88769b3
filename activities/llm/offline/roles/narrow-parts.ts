import type { Bench } from './bench.ts'
import type { Form, PartPlan } from './forms/form.ts'

// What a task that drafts a part of the whole calls that part, and the parts of a form it means.
const NAMES: readonly (readonly [said: RegExp, parts: RegExp])[] = [
  [/\b(?:opening|introduction)\b/i, /^(?:Opening|Introduction)$/],
  [/\bbackground\b/i, /^(?:Introduction|Theory|What is known)$/],
  [/\bbody\b/i, /^(?:Point \d+|Objection and reply|What is known)$/],
  [/\b(?:close|conclusions?)\b/i, /^(?:Close|Conclusion)$/],
  [/\b(?:summary|abstract)\b/i, /^Abstract$/],
  [/\bmethods?\b/i, /^Method$/],
  [/\bresults\b/i, /^Results$/],
  [/\bdiscussion\b/i, /^Discussion$/],
  [/\banalysis\b/i, /^(?:Point \d+|Results|Discussion)$/],
]
const DIVIDED = new Set(['outline', 'report'])
const WHOLE = /\boutline\b|\bheadings\b|\bwhole\b/i

/** The parts a task is about: those its title or its deliverable names, else all. */
export function narrowParts(
  { input: { subject } }: Bench,
  { id }: Form,
  parts: readonly PartPlan[],
): readonly PartPlan[] {
  if (!DIVIDED.has(id)) return parts
  for (const text of [subject.title, subject.deliverable]) {
    if (WHOLE.test(text)) return parts
    const meant = NAMES.filter(([said]) => said.test(text))
    const named = parts.filter(({ name }) => meant.some(([, sign]) => sign.test(name)))
    if (named.length > 0) return named
  }
  return parts
}
