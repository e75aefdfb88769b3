import type { Selectable } from 'kysely'

import { canRetryTask, planControls } from '../../contract/execution/plan-controls.ts'
import { countTasks, currentTask, progressPercent } from '../../contract/execution/plan-progress.ts'
import type {
  Masterplan,
  MasterplanMilestone,
  MasterplanPhase,
  MasterplanState,
  MasterplanSummary,
  MasterplanTask,
} from '../../contract/masterplans.ts'
import { ORIGIN_WORDS } from '../../contract/masterplan/origin-words.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../tables/masterplans.ts'
import type { MasterplanParts, Spent } from './masterplans.ts'

type PlanRow = Selectable<MasterplansTable>
type TaskRow = Selectable<MasterplanTasksTable>

const MICRO = 1_000_000
const MS_PER_MINUTE = 60_000

const isoOf = (time: Date | null): string | null => time?.toISOString() ?? null
const usdOf = ({ cost_micro_usd }: Spent): number | null =>
  cost_micro_usd === null ? null : cost_micro_usd / MICRO

interface Totals {
  readonly total_phases: number
  readonly total_milestones: number
  readonly total_subtasks: number
}

/** A masterplan as lists show it. */
export function toSummary(plan: PlanRow, totals: Totals): MasterplanSummary {
  const { masterplan_id, project_name, description, status, version } = plan
  const { total_tasks, completed_tasks, failed_tasks, skipped_tasks, blocked_tasks } = plan
  const { total_phases, total_milestones, total_subtasks } = totals
  return {
    masterplan_id,
    project_name,
    description,
    status,
    total_phases,
    total_milestones,
    total_subtasks,
    total_tasks,
    completed_tasks,
    failed_tasks,
    skipped_tasks,
    blocked_tasks,
    progress_percent: progressPercent(plan, status),
    version,
    created_at: plan.created_at.toISOString(),
    updated_at: plan.updated_at.toISOString(),
    started_at: isoOf(plan.started_at),
    completed_at: isoOf(plan.completed_at),
  }
}

function toTask(row: TaskRow, parts: MasterplanParts): MasterplanTask {
  const spent = parts.spent.by_task.get(row.task_id)
  const isCompleted = row.status === 'completed'
  return {
    task_id: row.task_id,
    slug: row.slug,
    task_number: row.task_number,
    name: row.name,
    description: row.description,
    status: row.status,
    complexity: row.complexity,
    task_type: row.task_type,
    depends_on_tasks: [...row.depends_on_tasks],
    blocks_tasks: parts.tasks
      .filter(({ depends_on_tasks }) => depends_on_tasks.includes(row.task_id))
      .map(({ task_id }) => task_id),
    target_files: [...row.target_files],
    modified_files: [...row.modified_files],
    validation_passed: row.validation_passed,
    validation_errors: [...row.validation_errors],
    retry_count: row.retry_count,
    max_retries: row.max_retries,
    manual_retries: row.manual_retries,
    can_retry: canRetryTask(parts.plan.status, row),
    blocked_by: [...row.blocked_by],
    last_error: row.last_error,
    cost_usd: spent === undefined ? null : usdOf(spent),
    tokens: spent?.tokens ?? 0,
    workflow_id: row.workflow_id,
    started_at: isoOf(row.started_at),
    completed_at: isoOf(row.completed_at),
    failed_at: isoOf(row.failed_at),
    subtasks: row.validation.map(({ of, text }, index) => ({
      number: index + 1,
      name: text,
      description: ORIGIN_WORDS[of],
      status: row.status,
      completed: isCompleted,
    })),
  }
}

/** How many tasks of a part stand where, without what only decisions need. */
function totalsOf(tasks: readonly TaskRow[], plan: PlanRow) {
  const { running_tasks: _, waiting_tasks: __, ...totals } = countTasks(tasks)
  return { ...totals, progress_percent: progressPercent(totals, plan.status) }
}

function toMilestone(
  milestone: MasterplanParts['milestones'][number],
  parts: MasterplanParts,
): MasterplanMilestone {
  const { milestone_id, slug, milestone_number, name, description, depends_on_milestones } = milestone
  const tasks = parts.tasks.filter((task) => task.milestone_id === milestone_id)
  return {
    milestone_id,
    slug,
    milestone_number,
    name,
    description,
    depends_on_milestones: [...depends_on_milestones],
    ...totalsOf(tasks, parts.plan),
    tasks: tasks.map((task) => toTask(task, parts)),
  }
}

function toPhase(phase: MasterplanParts['phases'][number], parts: MasterplanParts): MasterplanPhase {
  const { phase_id, phase_type, phase_number, name, description } = phase
  const milestones = parts.milestones.filter((milestone) => milestone.phase_id === phase_id)
  const tasks = parts.tasks.filter((task) => task.phase_id === phase_id)
  return {
    phase_id,
    phase_type,
    phase_number,
    name,
    description,
    total_milestones: milestones.length,
    ...totalsOf(tasks, parts.plan),
    milestones: milestones.map((milestone) => toMilestone(milestone, parts)),
  }
}

function minutesOf({ started_at, completed_at }: PlanRow): number | null {
  if (started_at === null || completed_at === null) return null
  return Math.round(((completed_at.getTime() - started_at.getTime()) / MS_PER_MINUTE) * 10) / 10
}

/** A masterplan with everything in it. */
export function toMasterplan(parts: MasterplanParts): Masterplan {
  const { plan, phases, milestones, tasks, spent, drafted_by } = parts
  const totals = {
    total_phases: phases.length,
    total_milestones: milestones.length,
    total_subtasks: tasks.reduce((sum, { validation }) => sum + validation.length, 0),
  }
  const { course_id, assignment_id, discovery_id, session_id, user_id, generation } = plan
  return {
    ...toSummary(plan, totals),
    discovery_id,
    session_id,
    user_id,
    assignment: { course_id, assignment_id },
    generation,
    tech_stack: null,
    architecture_style: null,
    estimated_cost_usd: null,
    actual_cost_usd: usdOf(spent.execution),
    estimated_duration_minutes: plan.estimated_minutes,
    actual_duration_minutes: minutesOf(plan),
    llm_model: drafted_by,
    generation_cost_usd: usdOf(spent.planning),
    generation_tokens: spent.planning.tokens,
    workspace_path: plan.workspace_path,
    rejection_reason: plan.rejection_reason,
    approved_by: plan.approved_by,
    last_error: plan.last_error,
    phases: phases.map((phase) => toPhase(phase, parts)),
  }
}

/** Where a masterplan stands and what can be done with it. */
export function toState(plan: PlanRow, tasks: readonly TaskRow[]): MasterplanState {
  const { total_tasks, completed_tasks, failed_tasks, skipped_tasks, blocked_tasks } = plan
  const { masterplan_id, status, last_error } = plan
  const { recovery_options, ...controls } = planControls(status)
  return {
    masterplan_id,
    status,
    progress_percent: progressPercent(plan, status),
    total_tasks,
    completed_tasks,
    failed_tasks,
    skipped_tasks,
    blocked_tasks,
    current_task_id: currentTask(tasks)?.task_id ?? null,
    recovery_options: [...recovery_options],
    ...controls,
    last_error,
    updated_at: plan.updated_at.toISOString(),
  }
}
