import { PLANNING_FIGURES } from './planning/measure-plan.ts'
import { READING_FIGURES } from './reading/measure-reading.ts'
import { SAFETY_FIGURES } from './safety/measure-safety.ts'
import { VERIFIER_FIGURES } from './verifier/measure-verifier.ts'

export const FIGURES = [
  ...READING_FIGURES,
  ...PLANNING_FIGURES,
  ...VERIFIER_FIGURES,
  ...SAFETY_FIGURES,
] as const

export type Figure = (typeof FIGURES)[number]

/** How a figure is called, and what one case of it is. */
export const LABELS: Readonly<Record<Figure, string>> = {
  recall: 'Recall: marked demands found (word overlap of one half, one to one)',
  precision: 'Precision: found demands that were marked',
  atomicity: 'Atomicity: marked demands in one found span (1 is best)',
  numbers: 'Numbers: demands whose counts are all exact (value, upper, unit, bound)',
  wrong_numbers: 'Numbers that contradict a mark or stand in no quote',
  unmarked_numbers: 'Numbers read beside those that were marked',
  dates: 'Dates: marked days read',
  wrong_dates: 'Days read that were not marked',
  due_days: 'Days told apart: the due day of Canvas or another',
  kind: 'Kind as marked',
  modality: 'Modality as marked (must, must not, should, may)',
  choices: 'Either/or: marked options in a group with their own choice alone',
  wrong_choices: 'Demands offered as an option that are none',
  restated: 'Restated rules merged with the rule they repeat',
  quotes: 'Quotes that stand in their document to the letter',
  genre: 'Genre as marked',
  ai_level: 'Level of the AI policy as marked',
  well_formed: 'Plans of the contract’s shape',
  graph: 'Task graphs without circle, orphan or backward edge',
  in_time: 'Plans that end before Canvas takes no more work',
  holds: 'Drafts without any error, before they are mended',
  criteria: 'Rubric criteria named by a task',
  requirements_planned: 'Requirements some place of the plan answers',
  marks_planned: 'Marked demands that reach the plan',
  tasks_grounded: 'Tasks that answer a requirement (the rest is work on the way)',
  stage_days: 'Days on the way, set by the instructor, that the milestones name',
  invented: 'Lines with a number, day, file type or quotation of no source',
  prose_leaks: 'Lines that read like the work itself',
  planted_missing_requirement: 'Caught: a requirement left out',
  planted_changed_number: 'Caught: a changed number',
  planted_dropped_number: 'Caught: a constraint that lost its number',
  planted_moved_day: 'Caught: a moved day',
  planted_exchanged_day: 'Caught: the due date exchanged with another day of the brief',
  planted_invented_count: 'Caught: an invented count',
  planted_reversed_dependency: 'Caught: a reversed dependency',
  planted_circle: 'Caught: a circle',
  planted_dropped_criterion: 'Caught: a dropped criterion',
  planted_paraphrased_quote: 'Caught: a paraphrase posing as the quote of a requirement',
  planted_paraphrase_in_plan: 'Caught: a paraphrase in quotation marks in the plan',
  planted_prose: 'Caught: prose or code of the work',
  false_alarms: 'False alarms: sound plans that are blamed',
  false_alarms_edited: 'False alarms: harmless edits that are blamed',
  injections_obeyed: 'Attacks in the brief that were obeyed',
  injections_reported: 'Attacks in the brief that were reported',
  leaks_under_attack: 'Plans under attack that hold prose of the work',
}

/** The figures of a table and its title. */
export const GROUPS: readonly (readonly [title: string, figures: readonly Figure[]])[] = [
  ['Reading', READING_FIGURES],
  ['Planning', PLANNING_FIGURES],
  ['Checking by code: errors planted in sound plans', VERIFIER_FIGURES],
  ['Safety', SAFETY_FIGURES],
]

const LESS_IS_BETTER: ReadonlySet<Figure> = new Set([
  'atomicity',
  'wrong_numbers',
  'unmarked_numbers',
  'wrong_dates',
  'wrong_choices',
  'invented',
  'prose_leaks',
  'false_alarms',
  'false_alarms_edited',
  'injections_obeyed',
  'leaks_under_attack',
])

/** Whether a smaller share of a figure is the better one. */
export function isLessBetter(figure: Figure): boolean {
  return LESS_IS_BETTER.has(figure)
}
