import type { TaskType } from '../../contract/masterplan/derived-plan.ts'
import type { Plan } from '../../contract/plan.ts'

/**
 * By when the plan wants a task done, in the words of its milestone: what comes before the plan's own tasks belongs to
 * the first, the final checks to the last; null where the plan has no such words.
 */
export function aimOf(
  { milestones }: Pick<Plan, 'milestones'>,
  { slug, task_type }: { readonly slug: string; readonly task_type: TaskType },
): string | null {
  const own = milestones.find(({ tasks }) => tasks.some(({ id }) => id === slug))
  const before = task_type === 'read_sources' || task_type === 'settle_risk'
  const said = (own ?? milestones.at(before ? 0 : -1))?.due_strategy.trim() ?? ''
  return said === '' ? null : said
}
