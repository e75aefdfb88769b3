import { Tokens } from '../contract/accounts.ts'
import { ALL_TENANTS, type Scope } from '../contract/scopes.ts'
import { grantScopes } from '../db/intents/scopes.ts'
import type { Member, TestApi } from './serve-api.ts'

/** Registers somebody with these scopes and signs them in: in a tenant of their own, in another, or for all with `*`. */
export async function joinWith(api: TestApi, scopes: readonly Scope[], tenant?: string): Promise<Member> {
  const member = await api.join()
  const { email, password, user_id } = member
  const platform = tenant === ALL_TENANTS
  await grantScopes(api.database.db.write, { email, scopes, platform })
  if (tenant !== undefined && !platform)
    await api.database.db.write
      .updateTable('accounts')
      .set({ tenant_id: tenant })
      .where('user_id', '=', user_id)
      .execute()
  const { body } = await api.call('POST', '/auth/login', { body: { email, password } })
  const { access_token: token, refresh_token, workspace_id } = Tokens.parse(body)
  return { ...member, token, refresh_token, workspace_id }
}
