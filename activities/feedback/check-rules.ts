import type { RuleCheck } from '../../contract/feedback.ts'
import type { Requirement } from '../../contract/requirements.ts'
import { cutText } from '../../contract/text.ts'
import type { FeedbackInput } from '../llm/port.ts'
import { checkCitationStyle, checkReferenceList } from './checks/check-citing.ts'
import { checkCounts } from './checks/check-counts.ts'
import { checkAllowedExtensions, checkFileType } from './checks/check-file.ts'
import { checkForbidden } from './checks/check-forbidden.ts'
import { checkLength } from './checks/check-length.ts'
import { checkPhrases } from './checks/check-phrases.ts'
import { checkSections } from './checks/check-sections.ts'
import { checkSources } from './checks/check-sources.ts'
import { checkSlides } from './checks/count-pages.ts'
import { quoteWork, type Check, type ReadWork, type Said } from './checks/rule-check.ts'
import { LATER, isPartOfTheWork, requirementsInScope, soFar } from './scope.ts'
import { softenConditions, softenConflicts, softenOptions, withoutRepeats } from './soften.ts'
import { outlineWork } from './work/outline-work.ts'
import { readCitations } from './work/read-citations.ts'
import { readReferences } from './work/read-references.ts'

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['length', checkLength],
  ['slides', checkSlides],
  ['sources', checkSources],
  ['list', checkReferenceList],
  ['style', checkCitationStyle],
  ['sections', checkSections],
  ['counts', checkCounts],
  ['forbidden', checkForbidden],
  ['phrases', checkPhrases],
  ['file', checkFileType],
]
const LONGEST_RULE = 500
const MOST_CHECKS = 60
const LONGEST_ID = 60

/** Reads a piece of work once, for every check there is. */
export function readWork({
  submission,
  context,
  distilled,
}: Pick<FeedbackInput, 'submission' | 'context' | 'distilled'>): ReadWork {
  const outline = outlineWork(submission.text)
  return {
    submission,
    title: context.assignment.title,
    genre: distilled.genre,
    outline,
    references: readReferences(outline),
    citations: readCitations(submission.text, outline),
  }
}

/** What is forbidden and yet there is a fix, however many rules are more pressing. */
function breaksBan({ modality }: Requirement, { outcome }: Said): boolean {
  return modality === 'must_not' && outcome === 'not_met'
}

function toCheck(requirement: Requirement, name: string, said: Said, work: ReadWork): RuleCheck {
  const seen = (said.seen ?? []).map((passage) => quoteWork(work.submission, passage))
  return {
    id: `${requirement.id.slice(0, LONGEST_ID).replace(/-+$/u, '')}-${name}`,
    requirement_id: requirement.id,
    rule: cutText(requirement.statement, LONGEST_RULE),
    outcome: said.outcome,
    observation: said.observation,
    hard: requirement.modality !== 'should' && (requirement.hard || breaksBan(requirement, said)),
    ...(said.missing === undefined ? {} : { missing: said.missing }),
    evidence: [...requirement.evidence, ...seen],
  }
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

/** What one requirement comes to: of a part of the work, what is lacking is no fault, and what it does not ask for waits. */
function checkOne(
  requirement: Requirement,
  given: Given,
  isInScope: boolean,
  work: ReadWork,
): readonly RuleCheck[] {
  return CHECKS.flatMap(([name, check]) => {
    const said = check(requirement, work)
    if (said === null) return []
    if (!isInScope)
      return requirement.hard
        ? [toCheck(requirement, name, { outcome: 'not_assessed', observation: LATER }, work)]
        : []
    return [toCheck(requirement, name, isPartOfTheWork(given) ? soFar(said) : said, work)]
  })
}

/**
 * Holds a piece of work against every rule of its assignment that code can check, before any model: counts, sections,
 * sources, file types, what is forbidden by name. What code cannot decide is `not_assessed`, with the reason.
 */
export function checkRules(given: Given): readonly RuleCheck[] {
  const work = readWork(given)
  const inScope = requirementsInScope(given)
  const { requirements } = given.distilled
  const checks = requirements.flatMap((requirement) =>
    checkOne(requirement, given, inScope.has(requirement), work),
  )
  const softened = softenConditions(softenOptions(checks, requirements))
  const own = withoutRepeats(softenConflicts(softened, requirements))
  // Where the brief itself names the files, Canvas only says it again; a part of the work goes elsewhere.
  const isNamed = own.some(({ id }) => id.endsWith('-file'))
  const ofCanvas = isNamed || isPartOfTheWork(given) ? [] : checkCanvas(given, work)
  return [...own, ...ofCanvas].slice(0, MOST_CHECKS)
}
