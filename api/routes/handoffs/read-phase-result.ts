import type { Judgement } from '../../../contract/handoff/verdict.ts'
import type { HandoffState } from '../../../contract/machines/handoff-machine.ts'
import { FailureResult, PHASE_RESULTS } from '../../../contract/phase-results.ts'
import { parseBody, validationFailed } from '../../parse-request.ts'
import { ApiProblem } from '../../../contract/problem.ts'

interface Reported {
  readonly completed_state: HandoffState
  readonly next_state: HandoffState | null
  readonly phase_result: Readonly<Record<string, unknown>>
}

function parse(reported: Reported): Judgement {
  const { completed_state, next_state, phase_result } = reported
  // Nothing leads out of complete, whatever is reported: the state itself refuses it.
  if (completed_state === 'complete') return {}
  if (completed_state === 'error') {
    if (Object.keys(phase_result).length === 0) return {}
    throw validationFailed([{ pointer: '', message: 'must be empty: a recovery reports nothing' }])
  }
  const schema = next_state === 'error' ? FailureResult : PHASE_RESULTS[completed_state]
  return parseBody(schema, phase_result) as Judgement
}

/** The problem of a result that says only why the work cannot go on, on the way to a state where it would. */
function unannounced(): ApiProblem {
  const message = 'says why the work cannot go on: send it with next_state error'
  return validationFailed([{ pointer: '/phase_result/reason', message }])
}

/** What a state ended with, in the shape that is owed for it; throws ApiProblem (422) with pointers into the body. */
export function readPhaseResult(reported: Reported): Judgement {
  const { completed_state, next_state, phase_result } = reported
  const leadsOn = completed_state !== 'error' && completed_state !== 'complete' && next_state !== 'error'
  if (leadsOn && FailureResult.safeParse(phase_result).success) throw unannounced()
  try {
    return parse(reported)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    const errors = (error.extras.errors ?? []).map(({ pointer, message }) => ({
      pointer: `/phase_result${pointer}`,
      message,
    }))
    throw validationFailed(errors)
  }
}
