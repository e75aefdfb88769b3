import { type Span, viewOf } from '../text/view.ts'
import type { Condition } from './read-ai-policy.ts'
import { mentionsAi } from './ai-policy/name-ai.ts'
import type { Finding } from './finding.ts'
import { restate } from './restate.ts'

function holds({ start, end }: Span, place: number): boolean {
  return start <= place && place < end
}

function stateCondition(sentence: string): string {
  const stated = restate(sentence, null, false)
  if (mentionsAi(stated)) return stated
  return `Where you use AI: ${stated.charAt(0).toLowerCase()}${stated.slice(1)}`
}

/** Demands to cite or disclose the use of AI that no finding of the document tells yet. */
export function addConditions(
  document: { readonly document_id: string; readonly text: string },
  found: readonly Finding[],
  conditions: readonly Condition[],
): readonly Finding[] {
  return conditions
    .filter(({ place }) => !found.some(({ spans: [own] }) => holds(own, place)))
    .map(({ start, end }) => ({
      document_id: document.document_id,
      spans: [{ start, end }],
      kind: 'policy',
      modality: 'must',
      statement: stateCondition(viewOf(document.text, { start, end }).text),
      weight: 'conditional',
      quantities: [],
      group: null,
      criterion_id: null,
    }))
}

/** Whether a finding lists, after a colon, what a duty to disclose asks for. */
function lists(text: string, { place, end }: Condition, [{ start }]: Finding['spans']): boolean {
  return place < start && start < end && /:/u.test(text.slice(place, start))
}

/** Findings with those that ask to cite or disclose the use of AI as rules of conduct, whatever else they name. */
export function asConduct(
  found: readonly Finding[],
  ruledBy: (document_id: string) => { readonly text: string; readonly conditions: readonly Condition[] },
): readonly Finding[] {
  return found.map((finding) => {
    const { text, conditions } = ruledBy(finding.document_id)
    const isConduct = conditions.some(
      (condition) => holds(finding.spans[0], condition.place) || lists(text, condition, finding.spans),
    )
    return isConduct ? { ...finding, kind: 'policy' } : finding
  })
}
