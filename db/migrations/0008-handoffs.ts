import { sql, type Kysely } from 'kysely'

const CREATE = `
create table allocation_locks (
  tenant_id text not null,
  depth integer not null check (depth between 0 and 5),
  primary key (tenant_id, depth)
);

create table handoffs (
  workflow_id uuid primary key,
  tenant_id text not null,
  user_id uuid not null references accounts on delete cascade,
  project_id text not null,
  build_id text not null,
  masterplan_id uuid references masterplans on delete cascade,
  task_id uuid references masterplan_tasks on delete cascade,
  workspace_id uuid references assignment_workspaces on delete cascade,
  generation integer not null default 1,
  job_id text not null references processing_jobs on delete cascade,
  autorun boolean not null,
  requirements jsonb not null,
  metadata jsonb not null,
  state text not null,
  failed_state text,
  retry_count integer not null default 0,
  last_error jsonb,
  workspace_path text check (length(workspace_path) <= 500),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  unique (user_id, project_id, build_id)
);
create index handoffs_project on handoffs (project_id, created_at desc);
create index handoffs_masterplan on handoffs (masterplan_id);
create index handoffs_task on handoffs (task_id);
create index handoffs_workspace on handoffs (workspace_id);
create index handoffs_job on handoffs (job_id);
create index handoffs_open on handoffs (updated_at, workflow_id) where state <> 'complete';

create table handoff_results (
  result_id uuid primary key,
  workflow_id uuid not null references handoffs on delete cascade,
  state text not null,
  attempt integer not null check (attempt >= 1),
  body jsonb not null,
  superseded boolean not null default false,
  provenance jsonb,
  created_at timestamptz not null default now(),
  unique (workflow_id, state, attempt)
);

create table handoff_files (
  workflow_id uuid not null references handoffs on delete cascade,
  attempt integer not null check (attempt >= 1),
  path text not null,
  body text not null,
  sha256 text not null,
  primary key (workflow_id, attempt, path)
);

create table handoff_moves (
  move_id uuid primary key,
  workflow_id uuid not null references handoffs on delete cascade,
  position integer not null,
  kind text not null,
  from_role text,
  to_role text,
  from_state text not null,
  to_state text not null,
  data jsonb not null,
  notes text not null check (length(notes) <= 500),
  undone_phases text[] not null default '{}',
  at timestamptz not null default clock_timestamp(),
  unique (workflow_id, position)
);

create table handoff_intents (
  intent_id uuid primary key,
  workflow_id uuid not null references handoffs on delete cascade,
  kind text not null check (kind in ('advance', 'request_retry', 'rollback')),
  body jsonb not null,
  outcome jsonb,
  created_at timestamptz not null default now()
);
create index handoff_intents_workflow on handoff_intents (workflow_id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['handoff_intents', 'handoff_moves', 'handoff_files', 'handoff_results', 'handoffs'])
    await sql.raw(`drop table ${table}`).execute(db)
  await sql`drop table allocation_locks`.execute(db)
}
