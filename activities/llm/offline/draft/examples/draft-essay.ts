import type { CanvasContext } from '../../../../../contract/canvas-context.ts'
import type { Plan, PlanTask } from '../../../../../contract/plan.ts'
import type { Distilled } from '../../../../../contract/requirements.ts'
import type { ModelSteps } from '../../../port.ts'
import { draftOffline } from '../draft-offline.ts'
import { ESSAY_NOW, essayContext, essayDistilled } from './essay-assignment.ts'

interface Changes {
  readonly distilled?: Partial<Distilled>
  readonly assignment?: Partial<CanvasContext['assignment']>
  readonly now?: string
  readonly rejection?: string
}

/** Drafts the example essay with some of its circumstances changed. */
export function draftEssay({
  distilled,
  assignment,
  now,
  rejection,
}: Changes = {}): ModelSteps['draft']['output'] {
  return draftOffline({
    context: { ...essayContext, assignment: { ...essayContext.assignment, ...assignment } },
    distilled: { ...essayDistilled, ...distilled },
    now: now ?? ESSAY_NOW,
    rejection_reason: rejection ?? null,
  })
}

/** All tasks of a plan in their order. */
export function tasksOf(plan: Plan): readonly PlanTask[] {
  return plan.milestones.flatMap(({ tasks }) => tasks)
}

/** The task with an id, or undefined. */
export function taskOf(plan: Plan, id: string): PlanTask | undefined {
  return tasksOf(plan).find((task) => task.id === id)
}

/** Minutes an effort such as `90m` or `2h` stands for. */
export function minutesOf(effort: string | undefined): number {
  return Number(effort?.slice(0, -1)) * (effort?.endsWith('h') ? 60 : 1)
}
