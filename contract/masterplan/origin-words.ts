import type { ValidationItem } from './derived-plan.ts'

/** Which line of the plan a check of a task comes from, in words. */
export const ORIGIN_WORDS = {
  success_definition: 'What counts as success',
  hard_constraint: 'A rule of the assignment',
  mitigation: 'What to do about the risk',
  done_definition: 'When the task is done',
  acceptance_criterion: 'What its milestone is accepted by',
  final_checklist: 'From the final checklist',
} as const satisfies Record<ValidationItem['of'], string>
