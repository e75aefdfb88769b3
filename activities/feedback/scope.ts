import type { RuleCheck } from '../../contract/feedback.ts'
import type { EvidenceItem } from '../../contract/evidence.ts'
import type { Requirement } from '../../contract/requirements.ts'
import type { FeedbackInput } from '../llm/port.ts'
import type { Said } from './checks/rule-check.ts'

type Scoped = Pick<FeedbackInput, 'milestone' | 'plan' | 'plan_evidence' | 'distilled'>

/** What is said of a rule of the whole assignment that a milestone does not ask for. */
export const LATER = 'Not looked at yet: this milestone does not ask for it.'

/** How the observation of a rule begins that a step on the way does not keep yet. */
export const SO_FAR = 'So far:'

const placeOf = ({ document_id, start, quote }: Pick<EvidenceItem, 'document_id' | 'start' | 'quote'>) =>
  `${document_id}|${start ?? quote}`

/** Whether the work is for a step on the way and not for the whole: the last step hands in the whole. */
export function isPartOfTheWork({ milestone, plan }: Pick<Scoped, 'milestone' | 'plan'>): boolean {
  return milestone !== null && plan.milestones.some(({ order }) => order > milestone.order)
}

/** The requirements a piece of work is held to: all of them, or those its milestone's lines rest on. */
export function requirementsInScope(given: Scoped): ReadonlySet<Requirement> {
  const { milestone, plan, plan_evidence, distilled } = given
  if (milestone === null || !isPartOfTheWork(given)) return new Set(distilled.requirements)
  const at = plan.milestones.findIndex(({ id }) => id === milestone.id)
  const places = new Set(
    plan_evidence.filter(({ pointer }) => pointer.startsWith(`/milestones/${at}/`)).map(placeOf),
  )
  return new Set(
    distilled.requirements.filter(({ evidence }) => evidence.some((item) => places.has(placeOf(item)))),
  )
}

/** Of a step on the way, what is not there yet is news and no fault. */
export function soFar(said: Said): Said {
  if (said.outcome !== 'not_met' || said.lacking !== true) return said
  const { observation, seen = [] } = said
  return { outcome: 'not_assessed', observation: `${SO_FAR} ${observation}`, seen }
}

/** The rules of the whole assignment that a milestone is not held to yet. */
export function rulesForLater(checks: readonly RuleCheck[]): readonly RuleCheck[] {
  return checks.filter(({ observation }) => observation === LATER)
}
