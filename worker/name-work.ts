import { z } from 'zod'

import type { WorkNames } from '../db/intents/measure-workers.ts'

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

/** Sorts names of work by the kind of their ids. */
export function idsOf(work: readonly WorkName[]): WorkNames {
  const of = (kind: WorkName['kind']) => work.filter((name) => name.kind === kind).map(({ id }) => id)
  return { job_ids: of('job'), task_ids: of('task'), workflow_ids: of('workflow') }
}
