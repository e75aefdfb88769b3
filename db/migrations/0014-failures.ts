import { sql, type Kysely } from 'kysely'

// What operators look at first is little beside all that ever ran.
const CREATE = `
create index processing_jobs_failed on processing_jobs (updated_at) where status = 'FAILED';
create index assignment_workspaces_failed on assignment_workspaces (job_id) where status = 'failed';
create index masterplans_failed on masterplans (job_id) where status = 'failed';
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index masterplans_failed, assignment_workspaces_failed, processing_jobs_failed`.execute(db)
}
