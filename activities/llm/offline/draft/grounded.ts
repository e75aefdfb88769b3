import { Plan } from '../../../../contract/plan.ts'
import { cutText } from '../../../../contract/text.ts'
import type { PlanLink } from '../../port.ts'

/** A line of the plan together with the requirements it rests on. */
export interface Grounded {
  readonly text: string
  readonly from: readonly string[]
}

type Groundable<T> = T extends string
  ? string | Grounded
  : T extends readonly (infer Item)[]
    ? readonly Groundable<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Groundable<T[Key]> }
      : T

/** A plan whose lines still know what they rest on. */
export type GroundedPlan = Groundable<Plan>
export type GroundedMilestone = GroundedPlan['milestones'][number]
export type GroundedTask = GroundedMilestone['tasks'][number]
export type GroundedRisk = GroundedPlan['risks'][number]

// The contract allows 2,000 characters a line.
const MAX_LINE = 2_000

/** Shortens a text to `max` characters at a word, with an ellipsis where something was left off. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = cutText(text, max - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

function isGrounded(value: object): value is Grounded {
  return 'text' in value && 'from' in value
}

/**
 * Turns a grounded plan into the plan of the contract and the links that belong to it; what is told along with a
 * requirement is linked where that one is. Throws ZodError when it is no plan.
 */
export function renderPlan(
  grounded: GroundedPlan,
  toldBy: ReadonlyMap<string, readonly string[]>,
): { plan: Plan; links: PlanLink[] } {
  const links: PlanLink[] = []
  const walk = (value: unknown, pointer: string): unknown => {
    if (typeof value === 'string') return clip(value, MAX_LINE)
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${pointer}/${index}`))
    if (typeof value !== 'object' || value === null) return value
    if (!isGrounded(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, walk(item, `${pointer}/${key}`)]),
      )
    }
    if (value.from.length > 0)
      links.push({
        pointer,
        requirement_ids: [...new Set(value.from.flatMap((id) => [id, ...(toldBy.get(id) ?? [])]))],
      })
    return clip(value.text, MAX_LINE)
  }
  return { plan: Plan.parse(walk(grounded, '')), links }
}
