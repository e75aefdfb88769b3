import type { Plan } from '../../contract/plan.ts'
import type { Distilled, Requirement } from '../../contract/requirements.ts'
import type { CanvasContext } from '../../contract/canvas-context.ts'
import { cutSpans } from '../evidence/cut-spans.ts'
import type { PlanLink, SourceDocument } from '../llm/port.ts'
import { readCanvasFacts, type CanvasFacts } from './canvas-facts.ts'
import { listPlanStrings, type PlanString } from './plan-strings.ts'
import { readDates, withoutDates, type DateUse } from './read-dates.ts'
import { readFileTypes } from './read-file-types.ts'
import { readNumbers, type NumberUse } from './read-numbers.ts'

export interface Verifiable {
  readonly plan: Plan
  readonly links: readonly PlanLink[]
  readonly distilled: Distilled
  readonly documents: readonly SourceDocument[]
  readonly context: CanvasContext
}

/** A string of the plan with the requirements it is linked to. */
export interface LinkedString extends PlanString {
  readonly requirements: readonly Requirement[]
}

/** Numbers, days and file types a text says. */
export interface Said {
  readonly numbers: readonly NumberUse[]
  readonly dates: readonly DateUse[]
  readonly fileTypes: readonly string[]
}

/** Reads what a text says that code can compare; the figures of a day are no numbers. */
export function readSaid(text: string): Said {
  return { numbers: readNumbers(withoutDates(text)), dates: readDates(text), fileTypes: readFileTypes(text) }
}

/** What all checks look at, prepared once. */
export interface Sources extends Verifiable {
  readonly strings: readonly LinkedString[]
  readonly byId: ReadonlyMap<string, Requirement>
  readonly facts: CanvasFacts
  /** All document text, for what is said without a link. */
  readonly everything: string
  readonly everywhere: Said
}

/** The words of the sources that a linked string rests on. */
export function quotesOf(requirements: readonly Requirement[]): string {
  return requirements.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)).join('\n')
}

/** The text of a document without what it addresses to a machine. */
function soundText({ document_id, text }: SourceDocument, { suspicious }: Distilled): string {
  const spans = suspicious.flatMap(({ document_id: id, start, end }) =>
    id === document_id && start !== null && end !== null ? [{ start, end }] : [],
  )
  return cutSpans(text, spans)
}

/** Joins plan, links and sources for the checks. */
export function gatherSources(given: Verifiable): Sources {
  const byId = new Map(given.distilled.requirements.map((requirement) => [requirement.id, requirement]))
  const linked = new Map<string, string[]>()
  for (const { pointer, requirement_ids } of given.links) {
    linked.set(pointer, [...(linked.get(pointer) ?? []), ...requirement_ids])
  }
  const strings = listPlanStrings(given.plan).map((string) => ({
    ...string,
    requirements: (linked.get(string.pointer) ?? []).flatMap((id) => byId.get(id) ?? []),
  }))
  const { assignment, course, rubric } = given.context
  const canvas = [assignment.title, course.name, course.code, JSON.stringify(rubric)]
  // What is addressed to a machine vouches for nothing.
  const everything = [
    ...given.documents.map((document) => soundText(document, given.distilled)),
    ...canvas,
  ].join('\n')
  return {
    ...given,
    strings,
    byId,
    facts: readCanvasFacts(given.context),
    everything,
    everywhere: readSaid(everything),
  }
}
