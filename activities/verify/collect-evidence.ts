import type { EvidenceItem } from '../../contract/evidence.ts'
import type { Evidence } from '../../contract/requirements.ts'
import { createQuoteLocator, type QuoteLocation } from '../evidence/locate-quote.ts'
import type { SourceDocument } from '../llm/port.ts'
import type { Finding } from './finding.ts'
import type { Sources } from './sources.ts'

const HARD = /^\/assignment_summary\/hard_constraints\/\d+$/
const NOWHERE: QuoteLocation = { start: null, end: null, page: null, match: 'none' }

export type Locate = (evidence: Pick<Evidence, 'document_id' | 'quote'>) => QuoteLocation

/** Looks quotes up in their documents, each document and each quote only once. */
export function createLocate(documents: readonly SourceDocument[]): Locate {
  const locators = new Map(documents.map((document) => [document.document_id, createQuoteLocator(document)]))
  const found = new Map<string, QuoteLocation>()
  return ({ document_id, quote }) => {
    const key = `${document_id} ${quote}`
    const location = found.get(key) ?? locators.get(document_id)?.(quote) ?? NOWHERE
    found.set(key, location)
    return location
  }
}

function checkQuotes({ distilled }: Sources, locate: Locate): readonly Finding[] {
  return distilled.requirements.flatMap(({ id, evidence }) =>
    evidence.flatMap((item): readonly Finding[] => {
      const { match } = locate(item)
      if (match === 'none') {
        return [
          {
            code: 'QUOTE_NOT_FOUND',
            pointer: '',
            severity: 'error',
            message: `The quote of ${id} stands in no document: “${item.quote}”`,
          },
        ]
      }
      if (match !== 'fuzzy') return []
      return [
        {
          code: 'QUOTE_NOT_EXACT',
          pointer: '',
          severity: 'warning',
          message: `The quote of ${id} is near a passage, but not its words: “${item.quote}”`,
        },
      ]
    }),
  )
}

// What Canvas itself enforces needs no quote of a text; the line of the Canvas document that says it is its evidence.
const CANVAS_LINES: readonly (readonly [RegExp, (claim: string) => RegExp])[] = [
  [/^Due /, () => /^Due:.*$/m],
  [/^Canvas closes /, () => /^Available until:.*$/m],
  [/^Hand in as: /, () => /^Submission types:.*$/m],
  [/^File types Canvas accepts: /, () => /^Accepted file types:.*$/m],
  [/^Attempts Canvas allows: /, () => /^Allowed attempts:.*$/m],
  [/^This is group work in Canvas/, () => /^Group work: yes$/m],
  [/^Canvas checkpoint “[\w ]+” due /, (claim) => new RegExp(`^Due \\(${tagOf(claim)}\\):.*$`, 'm')],
  [/^Canvas accepts work from /, () => /^Available from:.*$/m],
]

/** The tag of a checkpoint as Canvas writes it: “reply to topic” is `reply_to_topic`. */
function tagOf(claim: string): string {
  return (/“([\w ]+)”/.exec(claim)?.[1] ?? '').replaceAll(' ', '_')
}

function canvasEvidence(
  text: string,
  { documents }: Sources,
): readonly Pick<Evidence, 'document_id' | 'quote'>[] {
  const [, says] = CANVAS_LINES.find(([claim]) => claim.test(text)) ?? []
  if (says === undefined) return []
  return documents
    .filter(({ kind }) => kind === 'canvas')
    .flatMap((document) => {
      const quote = says(text).exec(document.text)?.[0]
      return quote === undefined ? [] : [{ document_id: document.document_id, quote }]
    })
}

function unsupported(pointer: string, text: string): Finding {
  const canvas = CANVAS_LINES.some(([claim]) => claim.test(text))
  const message = canvas
    ? `Set in Canvas, not in a document: ${text}`
    : `No quote supports this constraint: ${text}`
  return { code: 'HARD_CONSTRAINT_UNSUPPORTED', pointer, severity: canvas ? 'info' : 'error', message }
}

/** Re-locates every quote behind the plan: evidence items with offsets, and findings for what is not there. */
export function collectEvidence(sources: Sources): {
  findings: readonly Finding[]
  evidence: readonly EvidenceItem[]
} {
  const locate = createLocate(sources.documents)
  const findings: Finding[] = [...checkQuotes(sources, locate)]
  const evidence = sources.strings.flatMap(({ pointer, text, requirements }) => {
    const own = requirements.flatMap((requirement) => requirement.evidence)
    const items = own.length > 0 || !HARD.test(pointer) ? own : canvasEvidence(text, sources)
    const located = items.map((item) => ({
      pointer,
      document_id: item.document_id,
      quote: item.quote,
      ...locate(item),
    }))
    if (HARD.test(pointer) && located.every(({ match }) => match === 'none'))
      findings.push(unsupported(pointer, text))
    const unique = new Map(located.map((item) => [`${item.document_id} ${item.quote}`, item]))
    return [...unique.values()]
  })
  return { findings, evidence }
}
