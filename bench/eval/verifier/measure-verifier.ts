import type { FindingCode } from '../../../activities/verify/finding.ts'
import { repairPlan } from '../../../activities/verify/repair-plan.ts'
import type { Verifiable } from '../../../activities/verify/sources.ts'
import { verifyPlan } from '../../../activities/verify/verify-plan.ts'
import { tally, type Tallies } from '../tally.ts'
import { giveAdvice, retitle, spellNumber } from './edit-harmlessly.ts'
import { closeCircle, reverseDependency } from './plant-order.ts'
import {
  dropCriterion,
  forgetRequirement,
  paraphraseInPlan,
  paraphraseQuote,
  writeTheWork,
} from './plant-sources.ts'
import { changeNumber, dropNumber, exchangeDays, inventCount, moveDay } from './plant-values.ts'
import { spread, type Planter } from './planted.ts'

interface ErrorClass {
  readonly plant: Planter
  /** The findings that name the fault itself; another finding is no detection. */
  readonly caughtBy: readonly FindingCode[]
}

const CLASSES = {
  planted_missing_requirement: { plant: forgetRequirement, caughtBy: ['REQUIREMENT_NOT_PLANNED'] },
  planted_changed_number: { plant: changeNumber, caughtBy: ['NUMBER_NOT_IN_SOURCE', 'QUANTITY_NOT_STATED'] },
  planted_dropped_number: { plant: dropNumber, caughtBy: ['QUANTITY_NOT_STATED'] },
  planted_moved_day: { plant: moveDay, caughtBy: ['DATE_NOT_IN_SOURCE', 'DUE_DATE_NOT_STATED'] },
  planted_exchanged_day: { plant: exchangeDays, caughtBy: ['DATE_NOT_IN_SOURCE', 'DUE_DATE_NOT_STATED'] },
  planted_invented_count: { plant: inventCount, caughtBy: ['NUMBER_NOT_IN_SOURCE'] },
  planted_reversed_dependency: { plant: reverseDependency, caughtBy: ['DEPENDENCY_BACKWARDS'] },
  planted_circle: { plant: closeCircle, caughtBy: ['DEPENDENCY_CIRCLE'] },
  planted_dropped_criterion: { plant: dropCriterion, caughtBy: ['CRITERION_NOT_COVERED'] },
  planted_paraphrased_quote: { plant: paraphraseQuote, caughtBy: ['QUOTE_NOT_FOUND', 'QUOTE_NOT_EXACT'] },
  planted_paraphrase_in_plan: { plant: paraphraseInPlan, caughtBy: ['QUOTATION_NOT_IN_SOURCE'] },
  planted_prose: { plant: writeTheWork, caughtBy: ['SUBMISSION_PROSE'] },
} as const satisfies Record<string, ErrorClass>

type PlantedFigure = keyof typeof CLASSES

export const PLANTED_FIGURES = Object.keys(CLASSES) as readonly PlantedFigure[]

export const VERIFIER_FIGURES = [...PLANTED_FIGURES, 'false_alarms', 'false_alarms_edited'] as const

const HARMLESS: readonly Planter[] = [spellNumber, giveAdvice, retitle]
// So many places of a class in one plan; more would only weigh long briefs heavier.
const MOST_PLACES = 2

/** Findings that would stop or shade a plan, each with its place. */
function alarms(given: Verifiable): readonly { readonly code: FindingCode; readonly key: string }[] {
  return verifyPlan(given)
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ code, pointer, message }) => ({ code, key: `${code} ${pointer} ${message}` }))
}

/** Plants every class of error in a plan that was mended until it holds, and counts what checking by code catches. */
export function measureVerifier(drafted: Verifiable): Tallies<(typeof VERIFIER_FIGURES)[number]> {
  const sound = repairPlan(drafted).given
  const before = new Set(alarms(sound).map(({ key }) => key))
  const news = (given: Verifiable) => alarms(given).filter(({ key }) => !before.has(key))
  const detected = ({ plant, caughtBy }: ErrorClass) =>
    tally(spread(plant(sound), MOST_PLACES), (faulty) =>
      news(faulty).some(({ code }) => caughtBy.includes(code)),
    )
  const edited = HARMLESS.flatMap((edit) => spread(edit(sound), MOST_PLACES))
  const classes = PLANTED_FIGURES.map((name) => [name, detected(CLASSES[name])] as const)
  return {
    ...(Object.fromEntries(classes) as Record<PlantedFigure, ReturnType<typeof tally>>),
    false_alarms: tally([sound], () => before.size > 0),
    false_alarms_edited: tally(edited, (given) => news(given).length > 0),
  }
}
