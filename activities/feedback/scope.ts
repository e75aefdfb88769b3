import type { EvidenceItem } from '../../contract/evidence.ts'
import type { Requirement } from '../../contract/requirements.ts'
import type { FeedbackInput } from '../llm/port.ts'

type Scoped = Pick<FeedbackInput, 'milestone' | 'plan' | 'plan_evidence' | 'distilled'>

const placeOf = ({ document_id, start, quote }: Pick<EvidenceItem, 'document_id' | 'start' | 'quote'>) =>
  `${document_id}|${start ?? quote}`

/** The requirements a piece of work is held to: all of them, or those its milestone's lines rest on. */
export function requirementsInScope({
  milestone,
  plan,
  plan_evidence,
  distilled,
}: Scoped): ReadonlySet<Requirement> {
  if (milestone === null) return new Set(distilled.requirements)
  const at = plan.milestones.findIndex(({ id }) => id === milestone.id)
  const places = new Set(
    plan_evidence.filter(({ pointer }) => pointer.startsWith(`/milestones/${at}/`)).map(placeOf),
  )
  return new Set(
    distilled.requirements.filter(({ evidence }) => evidence.some((item) => places.has(placeOf(item)))),
  )
}
