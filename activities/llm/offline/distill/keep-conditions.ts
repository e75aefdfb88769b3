import type { Span } from '../text/view.ts'
import { viewOf } from '../text/view.ts'
import { mentionsAi } from './ai-policy/name-ai.ts'
import type { Finding } from './finding.ts'
import { restate } from './restate.ts'

const HALF = 0.5

/** Whether at least half of a finding's own words stand inside a condition. */
function restsOn({ spans: [own] }: Finding, condition: Span): boolean {
  const shared = Math.min(own.end, condition.end) - Math.max(own.start, condition.start)
  return shared >= (own.end - own.start) * HALF
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
  conditions: readonly Span[],
): readonly Finding[] {
  return conditions
    .filter((condition) => !found.some((finding) => restsOn(finding, condition)))
    .map((condition) => ({
      document_id: document.document_id,
      spans: [condition],
      kind: 'policy',
      modality: 'must',
      statement: stateCondition(viewOf(document.text, condition).text),
      weight: 'conditional',
      quantities: [],
      group: null,
      criterion_id: null,
    }))
}

/** Findings with those that ask to cite or disclose the use of AI as rules of conduct, whatever else they name. */
export function asConduct(
  found: readonly Finding[],
  conditionsOf: (document_id: string) => readonly Span[],
): readonly Finding[] {
  return found.map((finding) =>
    conditionsOf(finding.document_id).some((condition) => restsOn(finding, condition))
      ? { ...finding, kind: 'policy' }
      : finding,
  )
}
