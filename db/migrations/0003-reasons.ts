import { sql, type Kysely } from 'kysely'

const CREATE = `
create table reasons (
  reason_id uuid primary key,
  workspace_id uuid not null references assignment_workspaces on delete cascade,
  text text not null,
  created_at timestamptz not null default now()
);
create index reasons_workspace on reasons (workspace_id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table reasons`.execute(db)
}
