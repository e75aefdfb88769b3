import type { RuleCheck } from '../../contract/feedback.ts'
import type { Requirement } from '../../contract/requirements.ts'
import { cutText } from '../../contract/text.ts'
import type { FeedbackInput } from '../llm/port.ts'
import { checkCounts, checkForbidden } from './checks/check-counts.ts'
import { checkAllowedExtensions, checkFileType } from './checks/check-file.ts'
import { checkLength } from './checks/check-length.ts'
import { checkSections } from './checks/check-sections.ts'
import { checkCitationStyle, checkSources } from './checks/check-sources.ts'
import { quoteWork, type Check, type ReadWork, type Said } from './checks/rule-check.ts'
import { requirementsInScope } from './scope.ts'
import { outlineWork } from './work/outline-work.ts'
import { readCitations } from './work/read-citations.ts'
import { readReferences } from './work/read-references.ts'

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['length', checkLength],
  ['sources', checkSources],
  ['style', checkCitationStyle],
  ['sections', checkSections],
  ['counts', checkCounts],
  ['forbidden', checkForbidden],
  ['file', checkFileType],
]
const LONGEST_RULE = 500
const MOST_CHECKS = 60
const LONGEST_ID = 60

/** Reads a piece of work once, for every check there is. */
export function readWork(submission: FeedbackInput['submission']): ReadWork {
  const outline = outlineWork(submission.text)
  return {
    submission,
    outline,
    references: readReferences(outline),
    citations: readCitations(submission.text, outline),
  }
}

function toCheck(requirement: Requirement, name: string, said: Said, work: ReadWork): RuleCheck {
  const seen = (said.seen ?? []).map((passage) => quoteWork(work.submission, passage))
  return {
    id: `${requirement.id.slice(0, LONGEST_ID).replace(/-+$/u, '')}-${name}`,
    requirement_id: requirement.id,
    rule: cutText(requirement.statement, LONGEST_RULE),
    outcome: said.outcome,
    observation: said.observation,
    hard: requirement.hard && requirement.modality !== 'should',
    evidence: [...requirement.evidence, ...seen],
  }
}

/** Of options one is to be chosen: a rule of one that is not met says nothing against another. */
function softenOptions(
  checks: readonly RuleCheck[],
  requirements: ReadonlySet<Requirement>,
): readonly RuleCheck[] {
  const options = new Set(
    [...requirements].filter(({ alternative_group }) => alternative_group !== null).map(({ id }) => id),
  )
  return checks.map((check) =>
    check.outcome === 'not_met' && options.has(check.requirement_id ?? '')
      ? {
          ...check,
          outcome: 'not_assessed',
          observation: `Only if you chose this option: ${check.observation}`,
        }
      : check,
  )
}

/** A rule that is stated twice is checked once. */
function withoutRepeats(checks: readonly RuleCheck[]): readonly RuleCheck[] {
  const seen = new Set<string>()
  return checks.filter(({ id, observation }) => {
    const key = `${id.slice(id.lastIndexOf('-'))}|${observation}`
    return !seen.has(key) && seen.add(key).size > 0
  })
}

type Given = Pick<
  FeedbackInput,
  'milestone' | 'plan' | 'plan_evidence' | 'distilled' | 'submission' | 'context'
>

function checkCanvas({ context }: Given, work: ReadWork): readonly RuleCheck[] {
  const allowed = context.assignment.allowed_extensions
  const said = checkAllowedExtensions(allowed, work)
  if (said === null) return []
  const rule = `Canvas takes these files: ${allowed.map((ending) => `.${ending.replace(/^\./u, '')}`).join(', ')}`
  const { outcome, observation } = said
  return [{ id: 'canvas-file', requirement_id: null, rule, outcome, observation, hard: true, evidence: [] }]
}

/**
 * Holds a piece of work against every rule of its assignment that code can check, before any model: counts, sections,
 * sources, file types, what is forbidden by name. What code cannot decide is `not_assessed`, with the reason.
 */
export function checkRules(given: Given): readonly RuleCheck[] {
  const work = readWork(given.submission)
  const requirements = requirementsInScope(given)
  const checks = [...requirements].flatMap((requirement) =>
    CHECKS.flatMap(([name, check]) => {
      const said = check(requirement, work)
      return said === null ? [] : [toCheck(requirement, name, said, work)]
    }),
  )
  const own = withoutRepeats(softenOptions(checks, requirements))
  // Where the brief itself names the files, Canvas only says it again.
  const ofCanvas = own.some(({ id }) => id.endsWith('-file')) ? [] : checkCanvas(given, work)
  return [...own, ...ofCanvas].slice(0, MOST_CHECKS)
}
