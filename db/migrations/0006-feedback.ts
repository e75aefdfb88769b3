import { sql, type Kysely } from 'kysely'

const CREATE = `
create table submissions (
  submission_id uuid primary key,
  job_id text not null unique references processing_jobs on delete cascade,
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  target_type text not null check (target_type in ('milestone', 'assignment')),
  target_id text not null,
  name text not null,
  content_type text,
  file bytea,
  text text,
  pages jsonb not null default '[]',
  file_kind text,
  file_bytes integer,
  sha256 text,
  request_id uuid,
  created_at timestamptz not null default now(),
  check (file is not null or text is not null)
);
create index submissions_workspace on submissions (workspace_id);

create table job_artefacts (
  job_id text not null references processing_jobs on delete cascade,
  kind text not null,
  body jsonb not null,
  sha256 text not null,
  provenance jsonb,
  created_at timestamptz not null default now(),
  primary key (job_id, kind)
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table job_artefacts`.execute(db)
  await sql`drop table submissions`.execute(db)
}
