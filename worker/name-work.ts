import { z } from 'zod'

const Named = z.union([
  z.object({ task_id: z.string() }).transform(({ task_id }) => ({ kind: 'task', id: task_id }) as const),
  z.object({ job_id: z.string() }).transform(({ job_id }) => ({ kind: 'job', id: job_id }) as const),
  z
    .object({ workflow_id: z.string() })
    .transform(({ workflow_id }) => ({ kind: 'workflow', id: workflow_id }) as const),
])

/** What an activity works at, by the id that its input names it by. */
export type WorkName = z.infer<typeof Named>

/** Reads from the input of an activity what it works at; undefined where it names nothing. */
export function nameWork(args: readonly unknown[]): WorkName | undefined {
  return Named.safeParse(args[0]).data
}
