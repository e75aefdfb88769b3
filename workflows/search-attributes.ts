import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common'
import { workflowInfo } from '@temporalio/workflow'

/** Keys of the attributes runs are found by and set while they run; their types stand in contract/ids.ts. */
export const STAGE = defineSearchAttributeKey('Stage', 'KEYWORD')
export const STAGE_STATE = defineSearchAttributeKey('StageState', 'KEYWORD')
export const FAILURE_TYPE = defineSearchAttributeKey('FailureType', 'KEYWORD')
export const RUN_KIND = defineSearchAttributeKey('RunKind', 'KEYWORD')
export const USER_REF = defineSearchAttributeKey('UserRef', 'KEYWORD')

/** What a run below this one is found by: nothing where this one is not, since its namespace may not know how. */
export function attributesBelow(kind: 'job' | 'handoff'): SearchAttributePair[] {
  const own = workflowInfo().typedSearchAttributes
  if (own.get(RUN_KIND) === undefined) return []
  const user = own.get(USER_REF)
  return [{ key: RUN_KIND, value: kind }, ...(user === undefined ? [] : [{ key: USER_REF, value: user }])]
}
