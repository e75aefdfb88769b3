import { DEEPEST } from '../../../contract/jobs/depth.ts'
import { allowedMoves, type JobState } from '../../../contract/machines.ts'
import { ApiProblem } from '../../../contract/problem.ts'

/** The problem of a job that is absent or another tenant's. */
export function noJob(job_id: string): ApiProblem {
  return new ApiProblem('NOT_FOUND', `You see no job ${job_id}. GET /jobs lists those you see.`)
}

/** The problem of a wish that is not admitted; a state that cannot be reached by it is not among those allowed. */
export function refuseJob(status: JobState, why: string, refused?: JobState): ApiProblem {
  const allowed = allowedMoves('job', status).filter((to) => to !== refused)
  return new ApiProblem('INVALID_STATE_TRANSITION', why, { extras: { current_state: status, allowed } })
}

/** The problem of a depth that is not one below the parent's. */
export function wrongDepth(depth: number): ApiProblem {
  return new ApiProblem(
    'INVALID_DEPTH',
    depth === 0
      ? 'A job without a parent stands at depth 0. Name a parent, or leave depth out.'
      : `Below this parent a job stands at depth ${depth}. Send that, or leave depth out.`,
  )
}

/** The problem of a parent that stands as deep as a job may. */
export function tooDeep(): ApiProblem {
  return new ApiProblem(
    'INVALID_DEPTH',
    `The parent stands at depth ${DEEPEST}, and no job may stand deeper. Submit it below a higher one.`,
  )
}
