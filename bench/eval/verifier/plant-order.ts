import { withDependencies, type Planter } from './planted.ts'

/** Two tasks that wait for each other the wrong way round. */
export const reverseDependency: Planter = (sound) => {
  const tasks = sound.plan.milestones.flatMap((milestone) => milestone.tasks)
  return tasks.flatMap((later) =>
    later.depends_on.flatMap((need) => {
      const earlier = tasks.find(({ id }) => id === need)
      if (earlier === undefined) return []
      const kept = later.depends_on.filter((id) => id !== need)
      return [
        withDependencies(
          sound,
          new Map([
            [later.id, kept],
            [earlier.id, [...earlier.depends_on, later.id]],
          ]),
        ),
      ]
    }),
  )
}

/** Tasks that wait for each other in a circle. */
export const closeCircle: Planter = (sound) => {
  const tasks = sound.plan.milestones.flatMap((milestone) => milestone.tasks)
  return tasks.flatMap((later) =>
    later.depends_on.flatMap((need) => {
      const earlier = tasks.find(({ id }) => id === need)
      const circle = earlier === undefined ? [] : [...earlier.depends_on, later.id]
      return earlier === undefined ? [] : [withDependencies(sound, new Map([[earlier.id, circle]]))]
    }),
  )
}
