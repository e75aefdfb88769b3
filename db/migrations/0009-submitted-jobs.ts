import { sql, type Kysely } from 'kysely'

const CREATE = `
alter table accounts add column is_platform boolean not null default false;

create table tenant_quotas (
  tenant_id text not null,
  depth integer not null check (depth between 0 and 5),
  max_workers integer not null check (max_workers >= 1),
  max_concurrent_jobs integer not null check (max_concurrent_jobs >= 1),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, depth)
);

create table submitted_jobs (
  job_id text primary key references processing_jobs on delete cascade,
  root_job_id text not null,
  position integer not null,
  is_split boolean not null,
  task_description text not null check (length(task_description) between 1 and 4096),
  worker_count integer not null check (worker_count between 1 and 1000),
  metadata jsonb not null
);
create index submitted_jobs_root on submitted_jobs (root_job_id);
create index processing_jobs_submitted_open on processing_jobs (updated_at, job_id)
  where kind = 'submitted' and status in ('SUBMITTED', 'PENDING', 'RUNNING');
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index processing_jobs_submitted_open`.execute(db)
  await sql`drop table submitted_jobs`.execute(db)
  await sql`drop table tenant_quotas`.execute(db)
  await sql`alter table accounts drop column is_platform`.execute(db)
}
