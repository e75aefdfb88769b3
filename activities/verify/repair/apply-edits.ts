import type { Plan } from '../../../contract/plan.ts'
import { Plan as PlanSchema } from '../../../contract/plan.ts'
import type { PlanLink } from '../../llm/port.ts'

/** A line to be put into the plan and the requirements it rests on. */
export interface Line {
  readonly text: string
  readonly from: readonly string[]
}

/** Changes of a plan by JSON pointer: another line for a string, or null for what is left out of its list. */
export interface Edits {
  readonly lines: ReadonlyMap<string, Line | null>
  /** Lines added to a list, by its pointer: first or last in it. */
  readonly additions: readonly { readonly list: string; readonly line: Line; readonly first: boolean }[]
}

export interface EditedPlan {
  /** Null when what is left is no plan. */
  readonly plan: Plan | null
  readonly links: readonly PlanLink[]
}

/** The plan with its edits; links follow their lines to the places they come to stand in. */
export function applyEdits(
  plan: Plan,
  linked: ReadonlyMap<string, readonly string[]>,
  edits: Edits,
): EditedPlan {
  const links: PlanLink[] = []
  const put = ({ text, from }: Line, pointer: string): string => {
    if (from.length > 0) links.push({ pointer, requirement_ids: [...new Set(from)] })
    return text
  }
  const addedTo = (list: string, first: boolean) =>
    edits.additions.flatMap((addition) =>
      addition.list === list && addition.first === first ? [addition.line] : [],
    )
  const walk = (value: unknown, from: string, to: string): unknown => {
    if (typeof value === 'string')
      return put(edits.lines.get(from) ?? { text: value, from: linked.get(from) ?? [] }, to)
    if (Array.isArray(value)) return walkList(value, from, to)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, `${from}/${key}`, `${to}/${key}`)]),
    )
  }
  const walkList = (list: readonly unknown[], from: string, to: string): readonly unknown[] => {
    const kept = list.flatMap((item: unknown, index) => {
      const pointer = `${from}/${index}`
      return edits.lines.get(pointer) === null ? [] : [(at: string) => walk(item, pointer, at)]
    })
    const adds = (lines: readonly Line[]) => lines.map((line) => (at: string) => put(line, at))
    const all = [...adds(addedTo(from, true)), ...kept, ...adds(addedTo(from, false))]
    return all.map((make, index) => make(`${to}/${index}`))
  }
  const parsed = PlanSchema.safeParse(walk(plan, '', ''))
  return { plan: parsed.success ? parsed.data : null, links }
}
