import { describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { startSandboxCanvas } from '../stack/canvas/start.ts'
import { checkCredentials } from './check.ts'
import { createGuardedAgent } from './guard/agent.ts'
import type { OutboundPolicy } from './guard/policy.ts'

async function check(baseUrl: string, apiKey: string, policy: OutboundPolicy) {
  const agent = createGuardedAgent(policy)
  try {
    return await checkCredentials({
      baseUrl,
      apiKey: new Secret(apiKey),
      policy,
      agent,
      contact: 'ops@school.edu',
    })
  } finally {
    await agent.destroy()
  }
}

describe('checkCredentials()', () => {
  test('gives the origin to store when Canvas takes the key', async () => {
    await using canvas = await startSandboxCanvas()
    const policy = { allowedHosts: [], devHosts: [new URL(canvas.origin).host] }
    expect(await check(`${canvas.origin}/courses/1?x=1`, 'sandbox~maya-okafor~student', policy)).toEqual({
      ok: true,
      origin: canvas.origin,
    })
  })

  test.each([
    ['sandbox~maya-okafor~expired', 'token_expired'],
    ['sandbox~maya-okafor~revoked', 'token_revoked'],
    ['7236~notAKeyOfThisCanvas', 'token_invalid'],
  ])('says rejected for the key %s', async (key, kind) => {
    await using canvas = await startSandboxCanvas()
    const policy = { allowedHosts: [], devHosts: [new URL(canvas.origin).host] }
    const verdict = await check(canvas.origin, key, policy)
    expect(verdict).toMatchObject({ ok: false, code: 'rejected', canvas: { kind, status: 401 } })
    expect(JSON.stringify(verdict)).not.toContain(key)
  })

  test('says unreachable when Canvas fails or is no Canvas, and after it is gone', async () => {
    const canvas = await startSandboxCanvas()
    const policy = { allowedHosts: [], devHosts: [new URL(canvas.origin).host] }
    const key = 'sandbox~maya-okafor~student'
    for (const kind of [
      'server-error',
      'not-found',
      'network-down',
      'throttle-403',
      'throttle-429',
    ] as const) {
      canvas.faults.clear()
      canvas.faults.add({ kind })
      expect(await check(canvas.origin, key, policy)).toMatchObject({ ok: false, code: 'unreachable' })
    }
    await canvas.stop()
    expect(await check(canvas.origin, key, policy)).toMatchObject({
      code: 'unreachable',
      canvas: { kind: 'network' },
    })
  })

  test.each(['login-page', 'login-redirect'] as const)('says rejected for a %s', async (kind) => {
    await using canvas = await startSandboxCanvas()
    const policy = { allowedHosts: [], devHosts: [new URL(canvas.origin).host] }
    canvas.faults.add({ kind })
    const verdict = await check(canvas.origin, 'sandbox~maya-okafor~student', policy)
    expect(verdict).toMatchObject({ ok: false, code: 'rejected', canvas: { kind: 'login_page' } })
  })

  test('asks nobody when the address is not allowed', async () => {
    const policy: OutboundPolicy = {
      allowedHosts: ['*.instructure.com'],
      devHosts: [],
      resolver: () => Promise.reject(new Error('must not be asked')),
    }
    const refused = (reason: string) => ({
      ok: false,
      code: 'not_allowed',
      reason,
      message: expect.any(String),
    })
    expect(await check('http://127.0.0.1:3000', 'k', policy)).toEqual(refused('not_https'))
    expect(await check('https://canvas.school.edu', 'k', policy)).toEqual(refused('not_allowed_host'))
    expect(await check('https://169.254.169.254', 'k', policy)).toEqual(refused('private_address'))
  })
})
