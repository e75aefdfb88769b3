import type { Plan, PlanTask } from '../../contract/plan.ts'
import { findCircularTasks } from '../../contract/execution/task-graph.ts'
import type { Finding } from './finding.ts'

interface Placed {
  readonly task: PlanTask
  readonly pointer: string
}

function checkDependencies(placed: readonly Placed[]): readonly Finding[] {
  const placeOf = new Map(placed.map(({ task }, index) => [task.id, index]))
  return placed.flatMap(({ task, pointer }, index) =>
    task.depends_on.flatMap((need): readonly Finding[] => {
      const place = placeOf.get(need)
      const at = `${pointer}/depends_on`
      if (place === undefined) {
        return [
          {
            code: 'DEPENDENCY_UNKNOWN',
            pointer: at,
            severity: 'error',
            message: `${task.id} waits for ${need}, which is no task.`,
          },
        ]
      }
      if (place <= index) return []
      return [
        {
          code: 'DEPENDENCY_BACKWARDS',
          pointer: at,
          severity: 'error',
          message: `${task.id} waits for ${need}, which comes later.`,
        },
      ]
    }),
  )
}

/** Tasks that hang together with the first one, whichever way the dependencies point. */
function connectedWithFirst(placed: readonly Placed[]): ReadonlySet<string> {
  const neighbours = new Map<string, string[]>()
  for (const { task } of placed) {
    for (const need of task.depends_on) {
      neighbours.set(task.id, [...(neighbours.get(task.id) ?? []), need])
      neighbours.set(need, [...(neighbours.get(need) ?? []), task.id])
    }
  }
  const reached = new Set<string>()
  const open = placed.slice(0, 1).map(({ task }) => task.id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    open.push(...(neighbours.get(id) ?? []))
  }
  return reached
}

/** The tasks form one graph without circles, and every task comes after what it waits for. */
export function checkGraph(plan: Plan): readonly Finding[] {
  const placed = plan.milestones.flatMap(({ tasks }, index) =>
    tasks.map((task, place) => ({ task, pointer: `/milestones/${index}/tasks/${place}` })),
  )
  const circle = findCircularTasks(placed.map(({ task }) => task))
  const connected = connectedWithFirst(placed)
  return [
    ...checkDependencies(placed),
    ...(circle.length === 0
      ? []
      : [
          {
            code: 'DEPENDENCY_CIRCLE' as const,
            pointer: '/milestones',
            severity: 'error' as const,
            message: `Tasks wait for each other: ${circle.join(', ')}.`,
          },
        ]),
    ...placed
      .filter(({ task }) => !connected.has(task.id))
      .map(({ task, pointer }) => ({
        code: 'TASK_DISCONNECTED' as const,
        pointer,
        severity: 'warning' as const,
        message: `${task.id} hangs together with no other task.`,
      })),
  ]
}
