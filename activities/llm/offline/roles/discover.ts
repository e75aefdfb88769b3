import type { PhaseResult } from '../../../../contract/phase-results.ts'
import { fitLines } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Demand } from '../../../roles/scaffold/scaffold.ts'
import { inOrderOfCost } from '../draft/restate.ts'
import { findAmbiguities } from './find-ambiguities.ts'
import { findRisks } from './find-risks.ts'
import { createSayDemand } from './place-demands.ts'
import { prepare, type Prepared } from './prepare.ts'

const ROOM = { lines: 200, characters: 32_000, each: 500 }
const ROOM_BESIDE = { lines: 30, characters: 10_000, each: 600 }

const sayMore = (count: number): string =>
  count === 1 ? 'And one more, which the scaffold holds.' : `And ${count} more, which the scaffold holds.`

/** A demand with the place it stands in, and its words there where it was put otherwise. */
export function sayWhere({ text, source, quote }: Demand): string {
  const where = [source, quote === null ? null : `“${quote}”`].filter((part) => part !== null).join(': ')
  return where === '' ? text : `${text} (${where})`
}

/** Everything a task is asked: what it makes, what its requirements and the plan say, and the rubric it is read by. */
export function listRequirements({ bench, form }: Prepared): readonly string[] {
  const { subject, criteria } = bench.input
  const say = createSayDemand(bench)
  const rubric = criteria.map(({ description, long_description }) =>
    long_description === null || long_description.trim() === ''
      ? `Rubric “${description}”`
      : `Rubric “${description}”: ${long_description}`,
  )
  return [
    ...(subject.deliverable === '' ? [] : [`Make: ${subject.deliverable}`]),
    ...inOrderOfCost(bench.own).map((requirement) => sayWhere(say(requirement))),
    ...subject.validation.map(({ text }) => text),
    ...(form.judged === true ? rubric : []),
  ]
}

/** What was found, as far as it fits into a result. */
export function fitDiscovery(found: {
  readonly [K in keyof PhaseResult<'discovery'>]: readonly string[]
}): PhaseResult<'discovery'> {
  return {
    requirements: fitLines(found.requirements, ROOM, sayMore),
    ambiguities: fitLines(found.ambiguities, ROOM_BESIDE, sayMore),
    risks: fitLines(found.risks, ROOM_BESIDE, sayMore),
  }
}

/** Finds out by rules what a task is asked, what is unclear in it, and what could go wrong. */
export function discoverOffline(input: RoleInput): PhaseResult<'discovery'> {
  const prepared = prepare(input)
  const { bench, form, whole } = prepared
  const requirements = listRequirements(prepared)
  return fitDiscovery({
    requirements: requirements.length === 0 ? [bench.input.subject.title] : requirements,
    ambiguities: findAmbiguities(bench, form, whole),
    risks: findRisks(bench),
  })
}
