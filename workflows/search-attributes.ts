import { defineSearchAttributeKey } from '@temporalio/common'

/** Keys of the attributes a planning run sets while it runs; their types stand in contract/ids.ts. */
export const STAGE = defineSearchAttributeKey('Stage', 'KEYWORD')
export const STAGE_STATE = defineSearchAttributeKey('StageState', 'KEYWORD')
export const FAILURE_TYPE = defineSearchAttributeKey('FailureType', 'KEYWORD')
