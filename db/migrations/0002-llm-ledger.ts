import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table llm_calls
      add column cached_input_tokens integer not null default 0,
      add column reasoning_tokens integer not null default 0,
      add column failure text`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table llm_calls drop column cached_input_tokens, drop column reasoning_tokens, drop column failure`.execute(
    db,
  )
}
