/** Runs a task as soon as there is room for it; null when too many are waiting already. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T> | null

/** Lets at most `atOnce` tasks run, and at most `waiting` wait for their turn in the order they came. */
export function limitConcurrency({
  atOnce,
  waiting,
}: {
  readonly atOnce: number
  readonly waiting: number
}): Limit {
  const queue: (() => void)[] = []
  let running = 0
  const leave = () => {
    const next = queue.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return (task) => {
    if (running >= atOnce && queue.length >= waiting) return null
    const turn = Promise.withResolvers<void>()
    if (running >= atOnce) queue.push(turn.resolve)
    else {
      running += 1
      turn.resolve()
    }
    return turn.promise.then(task).finally(leave)
  }
}
