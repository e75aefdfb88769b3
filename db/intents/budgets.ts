import type { WriteDb } from '../open.ts'

/** Sets what an account may spend on models a day, in tokens; null for the usual. Whether there is such an account. */
export async function setDayBudget(
  db: WriteDb,
  email: string,
  tokens_per_day: number | null,
): Promise<boolean> {
  const account = await db
    .selectFrom('accounts')
    .select('user_id')
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
  if (account === undefined) return false
  const { user_id } = account
  if (tokens_per_day === null) {
    await db.deleteFrom('llm_budgets').where('user_id', '=', user_id).execute()
    return true
  }
  const set = { tokens_per_day, updated_at: new Date() }
  await db
    .insertInto('llm_budgets')
    .values({ user_id, ...set })
    .onConflict((clash) => clash.column('user_id').doUpdateSet(set))
    .execute()
  return true
}
