import { sql, type Kysely } from 'kysely'

const CREATE = `
create table rate_limits (
  key text primary key,
  clear_at_us bigint not null
);
create index rate_limits_clear on rate_limits (clear_at_us);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table rate_limits`.execute(db)
}
