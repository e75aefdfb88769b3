/** What the verifier can find fault with. */
export type FindingCode =
  | 'QUOTE_NOT_FOUND'
  | 'QUOTE_NOT_EXACT'
  | 'QUOTATION_NOT_IN_SOURCE'
  | 'LINK_BROKEN'
  | 'REQUIREMENT_NOT_PLANNED'
  | 'REQUIREMENT_UNKNOWN'
  | 'HARD_REQUIREMENT_NOT_STATED'
  | 'HARD_CONSTRAINT_UNSUPPORTED'
  | 'QUANTITY_NOT_STATED'
  | 'NUMBER_NOT_IN_SOURCE'
  | 'FILE_TYPE_NOT_IN_SOURCE'
  | 'DATE_NOT_IN_SOURCE'
  | 'DUE_DATE_NOT_STATED'
  | 'ENDS_AFTER_DUE'
  | 'MILESTONES_OUT_OF_ORDER'
  | 'DEPENDENCY_UNKNOWN'
  | 'DEPENDENCY_BACKWARDS'
  | 'DEPENDENCY_CIRCLE'
  | 'TASK_DISCONNECTED'
  | 'TASK_WITHOUT_REQUIREMENT'
  | 'CRITERION_NOT_COVERED'
  | 'RUBRIC_SUM_DIFFERS'
  | 'SUBMISSION_PROSE'
  | 'REPAIRED'

/** One thing found wrong, with the place in the plan; an error must not reach a student. */
export interface Finding {
  readonly code: FindingCode
  readonly pointer: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
}
