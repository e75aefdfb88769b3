import type { Plan } from '../../contract/plan.ts'

/** A string of the plan and its JSON pointer (RFC 6901). */
export interface PlanString {
  readonly pointer: string
  readonly text: string
}

const NOT_PROSE = /\/(?:id|estimated_effort|order)$|\/depends_on\/\d+$/

/** Every string a reader of the plan sees, in order, with its pointer; ids and efforts are left out. */
export function listPlanStrings(plan: Plan): readonly PlanString[] {
  const strings: PlanString[] = []
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === 'string') {
      if (!NOT_PROSE.test(pointer)) strings.push({ pointer, text: value })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, `${pointer}/${key}`)
    }
  }
  walk(plan, '')
  return strings
}
