import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Tokens } from '../../contract/accounts.ts'
import { serveApi, type Member, type TestApi } from '../serve-api.ts'
import { runCommand } from '../run-command.ts'

let api: TestApi
beforeAll(async () => {
  api = await serveApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const ops = (...args: string[]) => runCommand('ops/main.ts', args, { DATABASE_URL: api.database.url })

async function signIn({ email, password }: Member): Promise<Tokens> {
  return Tokens.parse((await api.call('POST', '/auth/login', { body: { email, password } })).body)
}

describe('npm run ops', () => {
  test('grants scopes that stand in the next token, and takes them away again', async () => {
    const member = await api.join()
    const granted = await ops('grant', member.email.toUpperCase(), 'jobs:write', 'jobs:read')
    expect(granted).toMatchObject({
      code: 0,
      stdout: `${member.email.toUpperCase()}: jobs:read jobs:write, in its own tenant\n`,
    })
    expect((await signIn(member)).scopes).toEqual(['jobs:read', 'jobs:write'])
    expect((await ops('revoke', member.email, 'jobs:write')).code).toBe(0)
    const refreshed = await api.call('POST', '/auth/refresh', {
      body: { refresh_token: member.refresh_token },
    })
    expect(refreshed.body.scopes).toEqual(['jobs:read'])
    expect((await ops('scopes', member.email)).stdout).toBe(`${member.email}: jobs:read, in its own tenant\n`)
  })

  test('opens every tenant to a platform operator, whose own rows stay their own', async () => {
    const member = await api.join()
    await ops('grant', member.email, '--platform')
    const { access_token: token, workspace_id } = await signIn(member)
    expect(workspace_id).toBe('*')
    const me = await api.call('GET', '/auth/me', { token })
    expect(me.body.workspace_id).toBe(member.workspace_id)
    await ops('revoke', member.email, '--platform')
    expect((await api.call('GET', '/auth/me', { token })).status).toBe(401)
    expect((await signIn(member)).workspace_id).toBe(member.workspace_id)
  })

  test('says in one line what is missing, with one example, and not everything there is', async () => {
    for (const options of [[], ['--json']]) {
      const { code, stderr } = await ops(...options, 'terminate', 'w_0123456789ab')
      expect(code).toBe(2)
      expect(stderr.trimEnd().split('\n')).toEqual([
        'Say why with --reason: whoever looks at the run later reads it.',
        'For example: npm run ops -- terminate w_0123456789ab --reason "Planned for the wrong course"',
        'Everything it can do: npm run ops -- --help',
      ])
    }
    expect((await ops('fly')).stderr).toContain('npm run ops -- terminate RUN --reason TEXT')
  })

  test.each([
    [['grant', 'EMAIL', 'jobs:*'], 2, 'There is no scope jobs:*'],
    [['grant', 'EMAIL'], 2, 'Name at least one scope'],
    [['grant'], 2, 'Name the account'],
    [['scopes', 'nobody@example.edu'], 1, 'There is no account nobody@example.edu'],
    [['quota', 'EMAIL', '1', '3'], 2, 'Name the tenant by its workspace_id'],
    [['quota', '0190f0f0-0000-7000-8000-000000000000', '6', '3'], 2, 'Name a depth'],
    [['quota', '0190f0f0-0000-7000-8000-000000000000', '1', '0'], 2, 'N must be a whole number'],
    [['quota', '0190f0f0-0000-7000-8000-000000000000', '1', '3'], 1, 'There is no tenant 0190f0f0'],
    [['tree'], 2, 'Name the job'],
    [['tree', 'j_0123456789ab'], 1, 'There is no job j_0123456789ab'],
    [['fly'], 2, 'There is no command fly'],
    [['grant', '--often'], 2, 'Unknown option'],
  ])('refuses %j and says why', async (args, code, words) => {
    const member = await api.join()
    const said = await ops(...args.map((arg) => (arg === 'EMAIL' ? member.email : arg)))
    expect([said.code, said.stdout]).toEqual([code, ''])
    expect(said.stderr).toContain(words)
    expect(said.stderr).not.toMatch(/\n\s+at /)
  })

  test('says which setting is missing, and when PostgreSQL is away', async () => {
    const missing = await runCommand('ops/main.ts', ['scopes', 'a@example.edu'], { DATABASE_URL: '' })
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('DATABASE_URL')])
    const url = 'postgresql://nobody@127.0.0.1:1/none'
    const away = await runCommand('ops/main.ts', ['scopes', 'a@example.edu'], { DATABASE_URL: url })
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('PostgreSQL does not answer')])
    const nowhere = new URL(api.database.url)
    nowhere.pathname = '/no_such_database'
    const refused = await runCommand('ops/main.ts', ['scopes', 'a@example.edu'], {
      DATABASE_URL: nowhere.href,
    })
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^PostgreSQL answers and refuses this access: .*no_such_database.*\n$/),
    ])
  })
})
