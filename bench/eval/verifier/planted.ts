import type { Plan } from '../../../contract/plan.ts'
import type { Verifiable } from '../../../activities/verify/sources.ts'

/** A faulty copy of what was sound. */
export type Planted = Verifiable

/** Plants one class of error at every place it fits; none where the plan offers no place. */
export type Planter = (sound: Verifiable) => readonly Planted[]

/** The plan with the text at a JSON pointer replaced. */
export function withText(given: Verifiable, pointer: string, text: string): Planted {
  const plan: Plan = structuredClone(given.plan)
  const keys = pointer.split('/').slice(1)
  const last = keys.pop() ?? ''
  let place: unknown = plan
  for (const key of keys) place = Reflect.get(Object(place), key)
  Reflect.set(Object(place), last, text)
  return { ...given, plan }
}

/** The plan with what each task waits for told anew, by task id. */
export function withDependencies(given: Verifiable, needs: ReadonlyMap<string, readonly string[]>): Planted {
  const milestones = given.plan.milestones.map((milestone) => ({
    ...milestone,
    tasks: milestone.tasks.map((task) => ({
      ...task,
      depends_on: [...(needs.get(task.id) ?? task.depends_on)],
    })),
  }))
  return { ...given, plan: { ...given.plan, milestones } }
}

/** At most so many of the items, spread evenly over the list, so that no class of places is left out. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items
  const step = items.length / most
  return Array.from({ length: most }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  )
}
