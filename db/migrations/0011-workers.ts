import { sql, type Kysely } from 'kysely'

// Taken first and together: a run that is under way meanwhile waits, and none of its moves is left uncounted.
const LOCKS = `
lock table transitions, processing_jobs in share row exclusive mode;
`

const TABLES = `
create table workers (
  worker_id text primary key,
  job_id text not null references processing_jobs on delete cascade,
  tenant_id text not null,
  status text not null
    check (status in ('IDLE', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'TERMINATED')),
  cpu_percent real check (cpu_percent >= 0),
  memory_mb real check (memory_mb >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index workers_job on workers (job_id, created_at desc);
create unique index workers_one_open on workers (job_id) where status in ('IDLE', 'RUNNING', 'PAUSED');
create index workers_newest on workers (created_at desc, worker_id);
create index workers_status on workers (status, created_at desc, worker_id);
create index workers_tenant on workers (tenant_id, created_at desc, worker_id);
create index workers_tenant_status on workers (tenant_id, status, created_at desc, worker_id);
create index workers_measured on workers (tenant_id) where cpu_percent is not null;
create index processing_jobs_newest on processing_jobs (created_at desc, job_id);

alter table reasons alter column workspace_id drop not null;
alter table reasons add column job_id text references processing_jobs on delete cascade;
alter table reasons add check (num_nonnulls(workspace_id, job_id) = 1);
create index reasons_job on reasons (job_id);

create table tallies (
  tenant_id text not null,
  topic text not null,
  from_state text not null,
  to_state text not null,
  count bigint not null,
  total_ms bigint not null,
  primary key (tenant_id, topic, from_state, to_state)
);
create table tally_deltas (
  delta_id bigint generated always as identity primary key,
  tenant_id text not null,
  topic text not null,
  from_state text not null default '',
  to_state text not null,
  count bigint not null default 1,
  total_ms bigint not null default 0
);
create index tally_deltas_tenant on tally_deltas (tenant_id);
`

// Each job that was there before gets its worker, with the history it would have had.
const BACKFILL = `
insert into workers (worker_id, job_id, tenant_id, status, created_at, updated_at)
select 'w_' || substr(encode(sha256(convert_to(job_id, 'UTF8')), 'hex'), 1, 12), job_id, tenant_id,
       case status when 'SUBMITTED' then 'IDLE' when 'PENDING' then 'IDLE' when 'CANCELED' then 'TERMINATED' else status end,
       created_at, updated_at
  from processing_jobs;
insert into transitions
  (machine, entity_id, tenant_id, from_state, to_state, kind, actor_type, actor_id, reason, at)
select 'worker', worker_id, worker.tenant_id, step.from_state, step.to_state, step.kind, 'system', 'migration',
       'written when workers were introduced', step.at
  from workers worker join processing_jobs job using (job_id)
  cross join lateral (values
    (1, null, 'IDLE', 'create', job.created_at),
    (2, 'IDLE', 'RUNNING', 'advance', job.started_at),
    (3, case when job.started_at is null then 'IDLE' else 'RUNNING' end, worker.status,
       case worker.status when 'COMPLETED' then 'advance' when 'FAILED' then 'fail' else 'operator' end,
       case when worker.status in ('COMPLETED', 'FAILED', 'TERMINATED')
            then coalesce(job.completed_at, job.updated_at) end)
  ) as step (position, from_state, to_state, kind, at)
 where step.at is not null
 order by job.created_at, worker_id, step.position;
insert into tallies (tenant_id, topic, from_state, to_state, count, total_ms)
select tenant_id, machine, coalesce(from_state, ''), to_state, count(*),
       coalesce(sum(case when from_state is not null then greatest(extract(epoch from at - before) * 1000, 0) end), 0)::bigint
  from (select *, lag(at) over (partition by machine, entity_id order by seq) as before from transitions) as moved
 group by 1, 2, 3, 4;
`

// Deltas are only ever inserted, so that no two runs wait for each other; folding them is work for later.
const COUNTING = `
create function tally_transitions() returns trigger language plpgsql as $$
begin
  insert into tally_deltas (tenant_id, topic, from_state, to_state, count, total_ms)
  select fresh.tenant_id, fresh.machine, coalesce(fresh.from_state, ''), fresh.to_state, count(*),
         coalesce(sum(greatest(extract(epoch from fresh.at - before.at) * 1000, 0)), 0)::bigint
    from fresh left join lateral (
      select earlier.at from transitions earlier
       where earlier.machine = fresh.machine and earlier.entity_id = fresh.entity_id and earlier.seq < fresh.seq
       order by earlier.seq desc limit 1) as before on fresh.from_state is not null
   group by 1, 2, 3, 4;
  return null;
end $$;
create trigger transitions_tally after insert on transitions
  referencing new table as fresh for each statement execute function tally_transitions();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(LOCKS + TABLES + BACKFILL + COUNTING).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger transitions_tally on transitions`.execute(db)
  await sql`drop function tally_transitions()`.execute(db)
  await sql`drop table tally_deltas`.execute(db)
  await sql`drop table tallies`.execute(db)
  await sql`delete from reasons where workspace_id is null`.execute(db)
  await sql`alter table reasons drop column job_id`.execute(db)
  await sql`alter table reasons alter column workspace_id set not null`.execute(db)
  await sql`drop index processing_jobs_newest`.execute(db)
  await sql`drop table workers`.execute(db)
  await sql`delete from transitions where machine = 'worker'`.execute(db)
}
