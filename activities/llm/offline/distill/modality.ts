import type { Requirement } from '../../../../contract/requirements.ts'

/** How a clause binds. */
export type Modality = Requirement['modality']
