import type { AckResult, FailureResult } from '../../contract/phase-results.ts'
import type { Phase, WorkingState } from '../../contract/machines/handoff-machine.ts'
import { findReleaseFaults } from './pre-check.ts'
import type { RoleInput } from './role-input.ts'

type HandoffOnly = Exclude<WorkingState, Phase>

/** Why what is handed over cannot be worked from; empty where it can. */
const FAULTS: { readonly [S in HandoffOnly]: (input: RoleInput) => readonly string[] } = {
  handoff_to_coder: ({ results }) =>
    results.planning === undefined ? ['There is no plan to work from.'] : [],
  handoff_to_tester: ({ results, files }) => {
    const code = results.implementation?.code ?? []
    return code.length > 0 && code.every(({ path }) => files.some((file) => file.path === path))
      ? []
      : ['The artefacts are not whole.']
  },
  handoff_to_verifier: ({ results }) =>
    results.testing?.passed === true ? [] : ['No test of the artefacts that passed stands.'],
  handoff_to_releaser: findReleaseFaults,
}

/** The receiver of a hand-off looks, by code alone, whether it can work from what it is given, and accepts it or says why not. */
export function acceptHandoff(state: HandoffOnly, input: RoleInput): AckResult | FailureResult {
  const [reason] = FAULTS[state](input)
  return reason === undefined ? { accepted: true } : { reason }
}
