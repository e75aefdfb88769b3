import { createHash } from 'node:crypto'

import { sql } from 'kysely'

import type { Plan } from '../../contract/plan.ts'
import type { Distilled } from '../../contract/requirements.ts'
import type { WriteDb } from '../../db/open.ts'

const COURSE_ID = '2001'
const TASKS_PER_MILESTONE = 10

const REQUIREMENTS: Distilled = {
  genre: 'essay',
  objective: 'To argue.',
  requirements: [],
  dates: [],
  ai_policy: { level: null, evidence: [] },
  suspicious: [],
  open_questions: [],
}

/** What a seeded plan is like. */
export interface Shape {
  readonly tasks: number
  /** What each makes, and so has a build for; nothing by default, and then it is one step. */
  readonly deliverable?: string
}

/** A plan of so many tasks, every third of which waits for the one before it. */
function planOf({ tasks, deliverable = '' }: Shape): Plan {
  const toTask = (number: number) => ({
    id: `task-${number}`,
    title: `Step ${number}`,
    description: 'Do it.',
    deliverable,
    done_definition: 'It is done.',
    estimated_effort: '30m',
    depends_on: number % 3 === 0 ? [`task-${number - 1}`] : [],
  })
  const milestones = Array.from({ length: Math.ceil(tasks / TASKS_PER_MILESTONE) }, (_, index) => {
    const first = index * TASKS_PER_MILESTONE + 1
    const count = Math.min(TASKS_PER_MILESTONE, tasks - first + 1)
    return {
      id: `part-${index + 1}`,
      title: `Part ${index + 1}`,
      purpose: 'To get on.',
      acceptance_criteria: [],
      due_strategy: 'Soon.',
      order: index + 1,
      tasks: Array.from({ length: count }, (__, offset) => toTask(first + offset)),
    }
  })
  return {
    assignment_summary: {
      title: 'Essay',
      objective: 'To argue.',
      success_definition: 'It is argued.',
      hard_constraints: [],
      grading_signals: [],
    },
    milestones,
    risks: [],
    submission_strategy: { final_checklist: [], quality_bar: 'Good.', common_failure_modes: [] },
  }
}

let assignments = 0

/** Makes so many assignments of the one account there is, each with a finished plan; answers their discovery ids. */
export async function seedPlans(db: WriteDb, count: number, shape: Shape): Promise<readonly string[]> {
  const plan = JSON.stringify(planOf(shape))
  const requirements = JSON.stringify(REQUIREMENTS)
  const sha256 = createHash('sha256').update(plan).digest('hex')
  const first = assignments + 1
  assignments += count
  const { rows } = await sql<{ discovery_id: string }>`
    with owner as (select user_id, tenant_id from accounts limit 1), made as (
      insert into assignment_workspaces (workspace_id, user_id, tenant_id, course_id, assignment_id, status,
        generation, discovery_id, job_id, progress, message)
      select gen_random_uuid(), user_id, tenant_id, ${COURSE_ID}, n::text, 'ready',
        1, gen_random_uuid(), 'j_' || lpad(to_hex(n), 12, '0'), 100, 'The plan is ready.'
      from generate_series(${first}::int, ${assignments}::int) n, owner
      returning *
    ), jobs as (
      insert into processing_jobs (job_id, tenant_id, user_id, kind, depth, status, workspace_id, progress)
      select job_id, tenant_id, user_id, 'plan', 1, 'COMPLETED', workspace_id, 100 from made
    ), streams as (
      insert into event_streams (stream_id, kind) select workspace_id, 'assignment' from made
    ), stored as (
      insert into artefacts (workspace_id, generation, kind, job_id, body, sha256)
      select workspace_id, 1, kind, job_id, body::jsonb, ${sha256} from made,
        (values ('plan', ${plan}), ('requirements', ${requirements})) as own (kind, body)
    )
    select discovery_id from made`.execute(db)
  return rows.map(({ discovery_id }) => discovery_id)
}
