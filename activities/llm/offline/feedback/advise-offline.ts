import type { Advice, FeedbackPoint, RuleCheck } from '../../../../contract/feedback.ts'
import { cutText } from '../../../../contract/text.ts'
import { readWork } from '../../../feedback/check-rules.ts'
import { fixesOf, sayLater, warnOfOrders } from '../../../feedback/fixes.ts'
import { LATER, SO_FAR } from '../../../feedback/scope.ts'
import { readinessOf } from '../../../feedback/readiness.ts'
import { seeStrengths, seeStructure } from '../../../feedback/see-structure.ts'
import type { ModelSteps } from '../../port.ts'
import { NOTHING_FOUND } from './assess-offline.ts'

type Given = ModelSteps['advise']['input']

const MOST_STRENGTHS = 6
const MOST_GAPS = 6
const MOST_QUESTIONS = 3
const LONGEST_POINT = 1_900
const BY_RULES =
  'This feedback was made by rules: it counts and looks up, and does not judge. Let somebody read the work before you hand it in.'

const plain = (text: string): FeedbackPoint => ({ text: cutText(text, LONGEST_POINT), evidence: [] })

function ofCheck({ rule, observation, evidence }: RuleCheck): FeedbackPoint {
  return { text: cutText(`${rule.replace(/[.\s]+$/u, '')}: ${observation}`, LONGEST_POINT), evidence }
}

/** Rules that are kept; that nothing forbidden was found is no strength of a text that lacks what is asked. */
function strengthsOf({ assessment, distilled }: Given): FeedbackPoint[] {
  const bans = new Set(
    distilled.requirements.filter(({ modality }) => modality === 'must_not').map(({ id }) => id),
  )
  const isWhole = fixesOf(assessment.checks).length === 0
  const held = assessment.checks.filter(
    ({ outcome, requirement_id }) => outcome === 'met' && (isWhole || !bans.has(requirement_id ?? '')),
  )
  return held
    .toSorted((a, b) => Number(b.hard) - Number(a.hard))
    .slice(0, MOST_STRENGTHS)
    .map(ofCheck)
}

/** Criteria nothing was found for, and rules that are counted short without being a fix. */
function gapsOf({ assessment, context, milestone }: Given): FeedbackPoint[] {
  // Of a part of the work not every criterion is to be seen yet.
  const isLooked = milestone === null
  const missing = assessment.criteria.filter(
    ({ status, observation }) => status === 'not_met' || (isLooked && observation.startsWith(NOTHING_FOUND)),
  )
  const named = new Map(
    (context.rubric?.criteria ?? []).map(({ id, long_description }) => [id, long_description]),
  )
  return missing.slice(0, MOST_GAPS).map(({ criterion, criterion_id, observation, evidence, status }) => {
    if (status === 'not_met')
      return { text: cutText(`${criterion}: ${observation}`, LONGEST_POINT), evidence }
    const meant = named.get(criterion_id)?.replaceAll(/\s+/gu, ' ').trim() ?? ''
    const words = meant === '' ? '' : ` (“${cutText(meant, 200)}”)`
    return plain(
      `${criterion}${words}: no passage was found that uses its words. Where in the work do you speak to it, and would a reader recognise the place?`,
    )
  })
}

/** What is left to look at by oneself: what code could not decide, as the thing to do; what a ban names and was found first. */
function openOf({ assessment, distilled, submission }: Given): FeedbackPoint[] {
  const bans = new Set(
    distilled.requirements.filter(({ modality }) => modality === 'must_not').map(({ id }) => id),
  )
  const isFound = ({ requirement_id, evidence }: RuleCheck): boolean =>
    bans.has(requirement_id ?? '') &&
    evidence.some(({ document_id }) => document_id === submission.document_id)
  const open = assessment.checks.filter(
    ({ outcome, hard, observation }) => outcome === 'not_assessed' && hard && observation !== LATER,
  )
  const inOrder = open.toSorted((a, b) => Number(isFound(b)) - Number(isFound(a)))
  return inOrder.slice(0, MOST_QUESTIONS).map(({ rule, observation, evidence }) => ({
    text: cutText(
      `${observation.startsWith(SO_FAR) ? 'Still to come' : 'Check yourself'}: ${rule.replace(/[.\s]+$/u, '')}. ${observation}`,
      LONGEST_POINT,
    ),
    evidence,
  }))
}

function milestoneQuestions({ milestone }: Given): FeedbackPoint[] {
  if (milestone === null) return []
  return milestone.acceptance_criteria
    .slice(0, MOST_QUESTIONS)
    .map((criterion) =>
      plain(`Of this milestone: “${cutText(criterion, 300)}” Can you point to the place where it is so?`),
    )
}

/** Words what was counted and found, as lists a student can work through; every line says what to look at next. */
export function adviseOffline(given: Given): Advice {
  const { assessment } = given
  const work = readWork(given)
  const soft = assessment.checks.filter(({ outcome, hard }) => outcome === 'not_met' && !hard)
  const fixes = fixesOf(assessment.checks)
  const first =
    fixes.length === 0
      ? []
      : [plain('Begin with the required fixes, from the top: each of them breaks a rule of the assignment.')]
  return {
    overall_readiness: readinessOf(assessment),
    strengths: [...strengthsOf(given), ...seeStrengths(work)],
    gaps: gapsOf(given),
    required_fixes: [...fixes],
    suggested_improvements: [...soft.map(ofCheck), ...seeStructure(work)],
    next_actions: [
      ...warnOfOrders(assessment),
      ...first,
      ...openOf(given),
      ...milestoneQuestions(given),
      ...sayLater(assessment.checks),
      plain(BY_RULES),
    ],
  }
}
