import { createHash } from 'node:crypto'

import type { WorkflowStartOptions } from '@temporalio/client'
import { defineSearchAttributeKey } from '@temporalio/common'

import { assignmentWorkflowId } from '../contract/ids.ts'
import type { WorkspaceView } from '../db/read/workspaces.ts'
import type { PlanRunInput, StagePace } from '../workflows/messages.ts'

const RUN_KIND = defineSearchAttributeKey('RunKind', 'KEYWORD')
const COURSE_ID = defineSearchAttributeKey('CourseId', 'KEYWORD')
const USER_REF = defineSearchAttributeKey('UserRef', 'KEYWORD')
const GENERATION = defineSearchAttributeKey('Generation', 'INT')
const STAGE_STATE = defineSearchAttributeKey('StageState', 'KEYWORD')

const USER_REF_LENGTH = 16

/** A stand-in for a user in search attributes, which are never encrypted. */
function userRef(user_id: string): string {
  return createHash('sha256').update(user_id).digest('hex').slice(0, USER_REF_LENGTH)
}

const DETAILS = [
  'Turns one Canvas assignment into a checked plan in six stages.',
  '',
  'A stage that cannot go on **parks** the run: *Current details* says why and what to do. Documents, prompts and plans are not here: they stand in PostgreSQL under the job id.',
].join('\n')

/** What a planning run is started with, worded for somebody who meets it in Temporal Web UI. */
export function startOptions(
  view: WorkspaceView,
  { pace, taskQueue }: { pace: StagePace; taskQueue: string },
) {
  const { workspace_id, generation, job_id, job_attempt: attempt, course_id, assignment_id, paused } = view
  const input: PlanRunInput = { workspace_id, generation, job_id, attempt, pace, paused }
  return {
    workflowId: assignmentWorkflowId(view),
    taskQueue,
    args: [input],
    staticSummary: `Plan for course ${course_id}, assignment ${assignment_id}, generation ${generation}`,
    staticDetails: DETAILS,
    memo: { generation },
  } satisfies WorkflowStartOptions
}

interface Owned {
  readonly course_id: string
  readonly user_id: string
  readonly generation: number
}

function attributesOf(kind: 'plan' | 'feedback' | 'masterplan', { course_id, user_id, generation }: Owned) {
  return [
    { key: RUN_KIND, value: kind },
    { key: COURSE_ID, value: course_id },
    { key: USER_REF, value: userRef(user_id) },
    { key: GENERATION, value: generation },
    { key: STAGE_STATE, value: 'running' },
  ]
}

/** What the run of a submitted job is found by. */
export function jobAttributes({ user_id }: { readonly user_id: string }) {
  return [
    { key: RUN_KIND, value: 'job' },
    { key: USER_REF, value: userRef(user_id) },
  ]
}

/** What a planning run is found by. */
export const searchAttributes = (run: Owned) => attributesOf('plan', run)

/** What a feedback run is found by. */
export const feedbackAttributes = (run: Owned) => attributesOf('feedback', run)

/** What the run of a masterplan is found by. */
export const masterplanAttributes = (run: Owned) => attributesOf('masterplan', run)

/** What the run of a build is found by. */
export const handoffAttributes = ({ user_id }: Pick<Owned, 'user_id'>) => [
  { key: RUN_KIND, value: 'handoff' },
  { key: USER_REF, value: userRef(user_id) },
]
