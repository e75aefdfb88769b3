import type { HandoffData, HandoffPhases } from '../handoffs.ts'
import { PHASES, type HandoffState } from '../machines/handoff-machine.ts'
import { STATE_DUTIES } from '../roles.ts'

interface HandedOn {
  readonly workflow_id: string
  /** The state the build is in after the move. */
  readonly to_state: HandoffState
  /** The results that stand after it. */
  readonly phases: HandoffPhases
  readonly at: Date
}

/** Leaves out what is not there. */
function present<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** What the next role is given: always all that was done so far, whatever the move was. */
export function handoffData({ workflow_id, to_state, phases, at }: HandedOn): HandoffData {
  const last = PHASES.findLast((phase) => phases[phase] !== null)
  const { planning, implementation, testing, verification } = phases
  return {
    workflow_id,
    current_phase: to_state,
    handoff_timestamp: at.toISOString(),
    previous_phase_output: last === undefined ? null : { ...phases[last] },
    instructions: STATE_DUTIES[to_state].task,
    phases,
    ...present({
      implementation_plan: planning?.implementation_plan,
      requirements: planning?.requirements,
      code: implementation?.code,
      test_cases: implementation?.test_cases,
      test_results: testing?.test_results,
      coverage: testing?.test_coverage,
      verification_report: verification?.verification_report,
      approved_for_deployment: verification?.approved_for_deployment,
    }),
  }
}
