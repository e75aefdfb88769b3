import { sql, type Kysely } from 'kysely'

const CREATE = `
alter table processing_jobs add column subject_id uuid, add column result jsonb;
create index processing_jobs_subject on processing_jobs (subject_id) where subject_id is not null;

create table masterplans (
  masterplan_id uuid primary key,
  tenant_id text not null,
  user_id uuid not null references accounts on delete cascade,
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  generation integer not null check (generation >= 1),
  discovery_id uuid not null,
  session_id text,
  job_id text not null references processing_jobs on delete cascade,
  slug text not null,
  project_name text not null,
  description text not null,
  genre text not null,
  status text not null check (status in
    ('draft', 'approved', 'rejected', 'in_progress', 'paused', 'completed', 'failed', 'cancelled')),
  version bigint not null default 1,
  total_tasks integer not null check (total_tasks >= 0),
  completed_tasks integer not null default 0,
  failed_tasks integer not null default 0,
  skipped_tasks integer not null default 0,
  blocked_tasks integer not null default 0,
  estimated_minutes integer not null,
  artifact_id uuid,
  workspace_path text check (length(workspace_path) <= 500),
  rejection_reason text,
  approved_by uuid,
  last_error jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);
create unique index masterplans_one_open on masterplans (workspace_id, generation)
  where status not in ('rejected', 'cancelled');
create unique index masterplans_path on masterplans (workspace_path);
create index masterplans_user on masterplans (user_id, created_at desc, masterplan_id);
create index masterplans_workspace on masterplans (workspace_id, created_at desc);
create index masterplans_job on masterplans (job_id);
create index masterplans_open on masterplans (updated_at, masterplan_id)
  where status in ('draft', 'approved', 'in_progress', 'paused');

create table masterplan_phases (
  phase_id uuid primary key,
  masterplan_id uuid not null references masterplans on delete cascade,
  phase_number integer not null,
  phase_type text not null check (phase_type in ('setup', 'core', 'polish')),
  name text not null,
  description text not null,
  unique (masterplan_id, phase_number)
);

create table masterplan_milestones (
  milestone_id uuid primary key,
  masterplan_id uuid not null references masterplans on delete cascade,
  phase_id uuid not null references masterplan_phases on delete cascade,
  milestone_number integer not null,
  slug text not null,
  name text not null,
  description text not null,
  depends_on_milestones uuid[] not null,
  unique (masterplan_id, milestone_number),
  unique (masterplan_id, slug)
);
create index masterplan_milestones_phase on masterplan_milestones (phase_id);

create table masterplan_tasks (
  task_id uuid primary key,
  masterplan_id uuid not null references masterplans on delete cascade,
  phase_id uuid not null references masterplan_phases on delete cascade,
  milestone_id uuid not null references masterplan_milestones on delete cascade,
  task_number integer not null,
  slug text not null,
  name text not null,
  description text not null,
  deliverable text not null,
  task_type text not null,
  complexity text not null check (complexity in ('low', 'medium', 'high', 'critical')),
  estimated_minutes integer,
  depends_on_tasks uuid[] not null,
  target_files text[] not null,
  validation jsonb not null,
  status text not null check (status in
    ('pending', 'ready', 'in_progress', 'validating', 'completed', 'failed', 'blocked', 'skipped')),
  blocked_by uuid[] not null default '{}',
  modified_files text[] not null default '{}',
  validation_passed boolean,
  validation_errors text[] not null default '{}',
  attempt integer not null default 0,
  retry_count integer not null default 0,
  max_retries integer not null default 1,
  manual_retries integer not null default 0,
  job_id text references processing_jobs on delete set null,
  workflow_id uuid,
  last_error jsonb,
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  failed_at timestamptz,
  unique (masterplan_id, task_number),
  unique (masterplan_id, slug)
);
create index masterplan_tasks_phase on masterplan_tasks (phase_id);
create index masterplan_tasks_milestone on masterplan_tasks (milestone_id);
create index masterplan_tasks_job on masterplan_tasks (job_id);

create table masterplan_files (
  masterplan_id uuid not null references masterplans on delete cascade,
  path text not null,
  task_id uuid not null references masterplan_tasks on delete cascade,
  sha256 text not null,
  bytes integer not null,
  written_at timestamptz not null default now(),
  primary key (masterplan_id, path)
);
create index masterplan_files_task on masterplan_files (task_id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['files', 'tasks', 'milestones', 'phases'])
    await sql.raw(`drop table masterplan_${table}`).execute(db)
  await sql`drop table masterplans`.execute(db)
  await sql`alter table processing_jobs drop column subject_id, drop column result`.execute(db)
}
