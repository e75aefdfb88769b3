import type { Driven } from '../../db/write/handoff/drive.ts'
import type { SteeredHandoff } from '../../db/write/handoff/steer-handoff.ts'
import type { SteerOutcome, SteerWish } from '../../db/write/steer-job.ts'
import type { HandoffView } from '../../db/write/handoff/handoff-view.ts'
import type { StateTry } from '../../db/write/handoff/work-steps.ts'

export interface StateWork extends StateTry {
  /** Tries after which work that may recover is given up. */
  readonly max_attempts: number
}

export interface WorkedHandoff {
  readonly view: HandoffView
  /** Whether nothing was done because the tenant has no place left for it now. */
  readonly is_full: boolean
}

interface OfBuild {
  readonly workflow_id: string
}

/** Everything the run of a build asks for, by the names Temporal knows them under. */
export interface HandoffActivities {
  /** Puts a build to work, or reads where it stands; null when it is not there any more. */
  readonly take_up_handoff: (build: OfBuild) => Promise<HandoffView | null>
  /** Carries out what somebody asked of a build, once; the outcome stands beside what was asked. */
  readonly drive_handoff: (asked: { readonly intent_id: string }) => Promise<Driven>
  /** Has the role whose turn it is work a state of a build. */
  readonly work_state: (work: StateWork) => Promise<WorkedHandoff>
  /** Stops a build of which a phase ended each time without a word. */
  readonly abandon_state: (tried: StateTry) => Promise<HandoffView>
  /** Pauses or resumes a build, once under one request. */
  readonly steer_handoff: (wish: SteerWish & OfBuild) => Promise<SteeredHandoff>
  /** Writes down that the run of a build was canceled. */
  readonly cancel_handoff: (build: OfBuild) => Promise<HandoffView>
}

export type { Driven, HandoffView, StateTry, SteerOutcome, SteerWish }
