import type { Block } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { classifyKind } from './classify-kind.ts'
import type { Finding } from './finding.ts'
import type { Place } from './place.ts'
import type { Modality } from './modality.ts'
import { readQuantities } from './read-quantities.ts'
import { isUncounted } from './read-uncounted.ts'
import { restate } from './restate.ts'
import { weighClause } from './weigh-clause.ts'

/** A rule on late work that does not say so itself, under the title that does. */
export function underTitle({ path }: Block, statement: string): string {
  const title = (path.at(-1) ?? '').replace(/^\d+(?:\.\d+)*\.?\s+/u, '')
  const says = /\blate\b|\bextensions?\b|\bdeadline\b/iu
  if (!/\blate\b/iu.test(title) || /\d/u.test(title) || says.test(statement) || !/\d/u.test(statement))
    return statement
  return `${title}: ${statement.charAt(0).toLowerCase()}${statement.slice(1)}`
}

const RECAP =
  /\b(?:check ?lists?|before (?:you )?(?:submit\w*|hand(?:ing)?|turn(?:ing)?|upload\w*)|reminders?|remember|in short|in brief|summary of|at a glance|don['’]t forget)\b/iu

interface Reading {
  readonly modality: Modality
  /** The verb it takes over from its lead or its sentence. */
  readonly verb: string | null
  /** The unit meant by `three of which`. */
  readonly antecedent: string | null
  readonly isOption?: boolean
}

/** Makes a finding of a span of a block. */
export function toFinding(place: Place, span: Span, reading: Reading): Finding {
  const { block, under, document_id } = place
  const { modality, verb, antecedent, isOption = false } = reading
  const text = block.view.text.slice(span.start, span.end)
  const quantities = readQuantities(text, antecedent)
  // What is not counted is of the sort of that which is.
  const told = isUncounted(text) && antecedent !== null ? `${text} ${antecedent}` : text
  return {
    document_id,
    spans: [rawSpan(block.view, span), ...(under === null ? [] : [under.span])],
    kind: isOption ? 'content' : classifyKind(told, quantities, place.titles, place.trade),
    modality,
    statement: underTitle(block, restate(text, verb, modality === 'must_not')),
    weight: weighClause(text),
    quantities,
    group: isOption ? (under?.group ?? null) : null,
    criterion_id: null,
    recap: RECAP.test(block.path.at(-1) ?? ''),
  }
}
