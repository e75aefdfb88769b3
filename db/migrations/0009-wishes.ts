import { sql, type Kysely } from 'kysely'

/** Names what was wished of a machine beside the request that wished it: one id may stand for two wishes. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table transitions add column wish text`.execute(db)
}

export async function down(db: Kysely<never>): Promise<void> {
  await sql`alter table transitions drop column wish`.execute(db)
}
