import { sql } from 'kysely'

import { MACHINES, type MachineName } from '../../contract/machines.ts'
import type { ReadDb } from '../open.ts'
import type { JobView } from './jobs.ts'

/** One thing that happened to a run: a change of state, with who made it, or an event its stream told. */
export interface Moment {
  readonly at: Date
  /** A machine, or `event`. */
  readonly what: string
  readonly told: string
  readonly who: string | null
  readonly reason: string | null
}

// PostgreSQL finds an entity by machine and id together.
const MACHINE_NAMES = Object.keys(MACHINES) as MachineName[]

async function readChanges(db: ReadDb, entities: readonly string[]): Promise<readonly Moment[]> {
  const rows = await db
    .selectFrom('transitions')
    .select(['at', 'machine', 'from_state', 'to_state', 'actor_type', 'actor_id', 'reason'])
    .where('machine', 'in', MACHINE_NAMES)
    .where('entity_id', 'in', [...entities])
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    at: row.at,
    what: row.machine,
    told: `${row.from_state ?? '(new)'} → ${row.to_state}`,
    who: `${row.actor_type} ${row.actor_id}`,
    reason: row.reason,
  }))
}

async function readTold(db: ReadDb, streams: readonly string[], job_id: string): Promise<readonly Moment[]> {
  const rows = await db
    .selectFrom('events')
    .select(['at', 'type', sql<string | null>`body ->> 'stage'`.as('stage')])
    .select(sql<string | null>`body ->> 'status'`.as('status'))
    .select(sql<string | null>`body ->> 'progress'`.as('progress'))
    .where('stream_id', 'in', [...streams])
    .where('job_id', '=', job_id)
    .orderBy('seq')
    .execute()
  return rows.map(({ at, type, stage, status, progress }) => ({
    at,
    what: 'event',
    told: [type, stage, status, progress === null ? null : `${progress} %`].filter(Boolean).join(', '),
    who: null,
    reason: null,
  }))
}

/** All that happened to a run, its workers and what it is about, in the order of time; of its events never the words. */
export async function readTimeline(db: ReadDb, job: JobView): Promise<readonly Moment[]> {
  const { job_id, subject_id, workspace_id } = job
  const subject = subject_id === null ? [] : [subject_id]
  const streams = workspace_id === null ? subject : [workspace_id, ...subject]
  const workers = await db.selectFrom('workers').select('worker_id').where('job_id', '=', job_id).execute()
  const steered = workers.map(({ worker_id }) => worker_id)
  const changes = await readChanges(db, [job_id, ...steered, ...subject])
  const told = streams.length === 0 ? [] : await readTold(db, streams, job_id)
  return [...changes, ...told].toSorted((one, other) => one.at.getTime() - other.at.getTime())
}
