import type { PlanVerb } from '../../contract/execution/plan-controls.ts'
import type { Actor } from '../../contract/machines.ts'
import type { PlanOutcome } from '../../db/write/masterplan/change-plan.ts'
import type { PlanView } from '../../db/write/masterplan/plan-view.ts'
import type { TaskRetryOutcome } from '../../db/write/masterplan/retry-task.ts'
import type { StartedTask, TaskTry } from '../../db/write/masterplan/task-steps.ts'

/** Who wishes a change of a masterplan; words a person gave are named by an id, since these travel through Temporal. */
interface Wished {
  readonly masterplan_id: string
  readonly actor: Actor
  readonly reason_id: string | null
  /** The same id twice is the same wish. */
  readonly change_id: string
}

export interface ChangeMessage extends Wished {
  readonly verb: PlanVerb
  readonly expected_versions: readonly string[] | null
}

export interface TaskRetryMessage extends Wished {
  readonly task_id: string
}

export interface TaskWork extends TaskTry {
  /** Tries after which an attempt that may recover is given up. */
  readonly max_attempts: number
}

/** An attempt at a task and the build that worked it. */
export interface BuildWork extends TaskTry {
  readonly workflow_id: string
}

/** Everything a masterplan's run asks for, by the names Temporal knows them under. */
export interface MasterplanActivities {
  /** Null when the masterplan is not there any more. */
  readonly view_masterplan: (input: { readonly masterplan_id: string }) => Promise<PlanView | null>
  readonly change_masterplan: (message: ChangeMessage) => Promise<PlanOutcome>
  readonly retry_masterplan_task: (message: TaskRetryMessage) => Promise<TaskRetryOutcome>
  readonly begin_task: (tried: TaskTry) => Promise<StartedTask>
  /** Works at a task that is one step of a model, to its end. */
  readonly work_task: (work: TaskWork) => Promise<PlanView>
  /** Settles an attempt as the build that worked it ended. */
  readonly settle_build: (build: BuildWork) => Promise<PlanView>
  /** Settles an attempt whose worker died each time without a word. */
  readonly abandon_task: (tried: TaskTry) => Promise<PlanView>
}

export type { PlanOutcome, PlanVerb, PlanView, StartedTask, TaskRetryOutcome, TaskTry }
