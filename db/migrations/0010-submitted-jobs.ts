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
  metadata jsonb not null,
  request_id uuid
);
create index submitted_jobs_root on submitted_jobs (root_job_id);
create index submitted_jobs_request on submitted_jobs (request_id) where request_id is not null;
create index processing_jobs_submitted_open on processing_jobs (updated_at, job_id)
  where kind = 'submitted' and status in ('SUBMITTED', 'PENDING', 'RUNNING');

-- Each job stands one below its parent, so that none can come to stand below itself.
create function check_job_place() returns trigger language plpgsql as $$
begin
  if not exists (select from processing_jobs where job_id = new.parent_job_id and depth = new.depth - 1) then
    raise exception 'a job at depth % cannot stand below %', new.depth, new.parent_job_id
      using errcode = 'check_violation', constraint = 'processing_jobs_place';
  end if;
  return new;
end $$;
create trigger processing_jobs_place before insert or update of parent_job_id, depth on processing_jobs
  for each row when (new.parent_job_id is not null) execute function check_job_place();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger processing_jobs_place on processing_jobs`.execute(db)
  await sql`drop function check_job_place()`.execute(db)
  await sql`drop index processing_jobs_submitted_open`.execute(db)
  await sql`drop table submitted_jobs`.execute(db)
  await sql`drop table tenant_quotas`.execute(db)
  await sql`alter table accounts drop column is_platform`.execute(db)
}
