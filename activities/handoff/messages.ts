import type { Driven } from '../../db/write/handoff/drive.ts'
import type { HandoffView } from '../../db/write/handoff/handoff-view.ts'

interface OfBuild {
  readonly workflow_id: string
}

/** Everything the run of a build asks for, by the names Temporal knows them under. */
export interface HandoffActivities {
  /** Puts a build to work, or reads where it stands; null when it is not there any more. */
  readonly take_up_handoff: (build: OfBuild) => Promise<HandoffView | null>
  /** Carries out what somebody asked of a build, once; the outcome stands beside what was asked. */
  readonly drive_handoff: (asked: { readonly intent_id: string }) => Promise<Driven>
  /** Writes down that the run of a build was canceled. */
  readonly cancel_handoff: (build: OfBuild) => Promise<HandoffView>
}

export type { Driven, HandoffView }
