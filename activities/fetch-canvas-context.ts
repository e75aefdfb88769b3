import { fetchAssignmentContext } from '../canvas/context.ts'
import type { ActivityDeps } from './deps.ts'
import { findRunOwner } from '../db/read/runs.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

/** Fetches assignment, rubric and course from Canvas, afresh for every generation. */
export async function fetchCanvasContext(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  return runStage(deps, 'fetch_canvas_context', input, async ({ step, signal }) => {
    const { user_id, course_id, assignment_id } = await findRunOwner(deps.db.read, step.workspace_id)
    const client = await deps.canvas.connect(user_id, signal)
    const body = await fetchAssignmentContext(client, course_id, assignment_id)
    return { artefacts: [{ kind: 'canvas_context', body }] }
  })
}
