import { sql, type Kysely } from 'kysely'

const CREATE = `
create table accounts (
  user_id uuid primary key,
  email text not null unique,
  password_hash text not null,
  tenant_id text not null,
  scopes text[] not null default '{}',
  created_at timestamptz not null default now()
);

create table refresh_tokens (
  token_hash bytea primary key,
  family_id uuid not null,
  user_id uuid not null references accounts on delete cascade,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_user on refresh_tokens (user_id);

create table stream_tickets (
  ticket_hash bytea primary key,
  user_id uuid not null references accounts on delete cascade,
  tenant_id text not null,
  token_expires_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index stream_tickets_user on stream_tickets (user_id);
create index stream_tickets_expiry on stream_tickets (expires_at);

create table canvas_credentials (
  user_id uuid primary key references accounts on delete cascade,
  base_url text not null,
  ct bytea not null,
  iv bytea not null,
  tag bytea not null,
  wrapped_dek bytea not null,
  wrap_iv bytea not null,
  wrap_tag bytea not null,
  kek_id text not null,
  key_version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table assignment_workspaces (
  workspace_id uuid primary key,
  user_id uuid not null references accounts on delete cascade,
  tenant_id text not null,
  course_id text not null,
  assignment_id text not null,
  status text not null check (status in ('idle', 'running', 'ready', 'failed')),
  generation integer not null check (generation >= 1),
  reprocess boolean not null default false,
  discovery_id uuid not null,
  job_id text not null,
  stage text,
  progress integer not null default 0 check (progress between 0 and 100),
  message text not null,
  paused boolean not null default false,
  last_error jsonb,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, course_id, assignment_id)
);
create index assignment_workspaces_running on assignment_workspaces (updated_at, workspace_id)
  where status = 'running';

create table processing_jobs (
  job_id text primary key,
  tenant_id text not null,
  user_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('assignment', 'plan', 'milestone_feedback', 'assignment_feedback',
    'masterplan', 'milestone', 'task', 'workflow', 'phase', 'submitted')),
  parent_job_id text references processing_jobs on delete set null,
  depth integer not null check (depth between 0 and 5),
  status text not null check (status in ('SUBMITTED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED')),
  workspace_id uuid references assignment_workspaces on delete cascade,
  temporal_workflow_id text,
  generation integer not null default 1,
  attempt integer not null default 1,
  retry_of text references processing_jobs on delete set null,
  stage text,
  progress integer not null default 0 check (progress between 0 and 100),
  error jsonb,
  superseded boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);
create index processing_jobs_workspace on processing_jobs (workspace_id, generation);
create index processing_jobs_user on processing_jobs (user_id);
create index processing_jobs_retry on processing_jobs (retry_of);
create index processing_jobs_parent on processing_jobs (parent_job_id);
create index processing_jobs_tenant on processing_jobs (tenant_id, created_at desc);
create index processing_jobs_waiting on processing_jobs (created_at) where status = 'PENDING';

create table documents (
  document_id uuid primary key,
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  generation integer not null,
  position integer not null,
  kind text not null,
  name text not null,
  status text not null check (status in ('read', 'refused')),
  text text not null,
  pages jsonb not null,
  sha256 text not null,
  bytes_sha256 text,
  parser text,
  code text,
  message text,
  warnings jsonb not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, generation, position)
);

create table artefacts (
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  generation integer not null,
  kind text not null,
  job_id text not null references processing_jobs on delete cascade,
  body jsonb not null,
  sha256 text not null,
  provenance jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, generation, kind)
);
create index artefacts_job on artefacts (job_id);

create table transitions (
  seq bigint generated always as identity primary key,
  machine text not null,
  entity_id text not null,
  tenant_id text not null,
  from_state text,
  to_state text not null,
  kind text not null check (kind in ('create', 'advance', 'ack', 'retry', 'rollback', 'fail', 'recover',
    'operator', 'reprocess')),
  actor_type text not null check (actor_type in ('user', 'operator', 'role', 'system')),
  actor_id text not null,
  reason text,
  request_id uuid,
  at timestamptz not null default clock_timestamp()
);
create index transitions_entity on transitions (machine, entity_id, seq desc);

create table event_streams (
  stream_id uuid primary key,
  kind text not null check (kind in ('assignment', 'masterplan', 'workflow')),
  last_seq bigint not null default 0
);

create table events (
  stream_id uuid not null references event_streams on delete cascade,
  seq bigint not null,
  type text not null,
  job_id text not null,
  generation integer not null,
  dedupe_key text not null,
  body jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (stream_id, seq),
  unique (stream_id, dedupe_key)
);

create table allocations (
  id text primary key,
  tenant_id text not null,
  job_id text not null references processing_jobs on delete cascade,
  depth integer not null check (depth between 0 and 5),
  worker_count integer not null check (worker_count >= 1),
  allocated_at timestamptz not null default now(),
  released_at timestamptz
);
create index allocations_job on allocations (job_id);
create index allocations_open on allocations (tenant_id, depth) where released_at is null;

create table idempotency_keys (
  tenant_id text not null,
  endpoint text not null,
  request_id uuid not null,
  fingerprint text not null,
  status integer,
  headers jsonb,
  body jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, endpoint, request_id)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);

create table llm_calls (
  call_id uuid primary key,
  job_id text not null references processing_jobs on delete cascade,
  tenant_id text not null,
  generation integer not null,
  stage text not null,
  provider text not null,
  model text not null,
  prompt_version text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  duration_ms integer not null,
  outcome text not null,
  at timestamptz not null default now()
);
create index llm_calls_job on llm_calls (job_id);
`

const TABLES = [
  'llm_calls',
  'idempotency_keys',
  'allocations',
  'events',
  'event_streams',
  'transitions',
  'artefacts',
  'documents',
  'processing_jobs',
  'assignment_workspaces',
  'canvas_credentials',
  'stream_tickets',
  'refresh_tokens',
  'accounts',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql`drop table ${sql.table(table)}`.execute(db)
}
