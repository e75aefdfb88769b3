import { sql, type Kysely } from 'kysely'

const CREATE = `
create table marks (
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  kind text not null check (kind in ('milestone', 'task')),
  id text not null,
  state text not null check (state in ('todo', 'doing', 'done')),
  generation integer not null,
  version bigint not null,
  request_id uuid,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, kind, id)
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table marks`.execute(db)
}
