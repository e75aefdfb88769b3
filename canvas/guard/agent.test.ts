import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type buildConnector, request } from 'undici'

import { createGuardedAgent, createGuardedConnector } from './agent.ts'
import type { OutboundPolicy } from './policy.ts'

let server: Server
let port = 0
let hits = 0

beforeAll(async () => {
  server = createServer((_request, response) => {
    hits++
    response.end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address !== null && typeof address === 'object') port = address.port
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const answering = (...addresses: string[]): OutboundPolicy => ({
  allowedHosts: [],
  devHosts: [],
  resolver: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
})

async function refusalFor(url: string, policy: OutboundPolicy) {
  const agent = createGuardedAgent(policy)
  try {
    return await request(url, { dispatcher: agent, headersTimeout: 2_000 }).then(
      () => 'reached',
      (error: unknown) => error,
    )
  } finally {
    await agent.destroy()
  }
}

const refused = (refusal: string) => ({ name: 'OutboundRefusedError', refusal })
const NOWHERE: OutboundPolicy = { allowedHosts: [], devHosts: [] }

describe('createGuardedAgent()', () => {
  test.each([
    ['loopback', ['127.0.0.1']],
    ['IPv6 loopback', ['::1']],
    ['one private answer after a public one', ['93.184.215.14', '10.0.0.1']],
    ['one private answer before a public one', ['127.0.0.1', '93.184.215.14']],
    ['IPv4 mapped into IPv6', ['::ffff:127.0.0.1']],
    ['IPv4-compatible IPv6', ['::127.0.0.1']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['6to4', ['2002:7f00:1::']],
    ['the unspecified address', ['0.0.0.0']],
    ['the metadata service', ['169.254.169.254']],
    ["Azure's host", ['168.63.129.16']],
    ['carrier-grade NAT', ['100.64.0.1']],
    ['a unique local address', ['fd00:ec2::254']],
    ['a link-local address', ['fe80::1']],
    ['no address at all', []],
    ['something that is no address', ['canvas.school.edu']],
  ])('refuses a name that resolves to %s', async (_name, addresses) => {
    expect(await refusalFor('https://canvas.school.edu/', answering(...addresses))).toMatchObject(
      refused('dns_answer'),
    )
  })

  test('refuses a name that turns private after it was vetted, at every retry', async () => {
    const before = hits
    let asked = 0
    const policy: OutboundPolicy = {
      ...NOWHERE,
      resolver: async () => [{ address: asked++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }],
    }
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await refusalFor('https://rebind.school.edu/', policy)).toMatchObject(refused('dns_answer'))
    }
    expect([asked, hits]).toEqual([5, before])
  })

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://[fd00:ec2::254]/',
    'https://168.63.129.16/',
  ])('refuses the address literal %s, which no lookup sees', async (url) => {
    expect(await refusalFor(url, NOWHERE)).toMatchObject(refused('address'))
  })

  test.each([
    'http://canvas.school.edu/',
    'https://canvas.school.edu:8443/',
    'http://8.8.8.8/',
    'http://8.8.8.8:443/',
  ])('refuses %s by its port', async (url) => {
    expect(await refusalFor(url, answering('93.184.215.14'))).toMatchObject(refused('port'))
  })

  test('passes on the failure of name resolution', async () => {
    const failing: OutboundPolicy = { ...NOWHERE, resolver: () => Promise.reject(new Error('ENOTFOUND')) }
    expect(await refusalFor('https://canvas.school.edu/', failing)).toMatchObject({ message: 'ENOTFOUND' })
  })

  test('reaches a development host on loopback, by address and by name', async () => {
    const policy: OutboundPolicy = {
      ...answering('127.0.0.1'),
      devHosts: [`127.0.0.1:${port}`, `sandbox:${port}`],
    }
    expect(await refusalFor(`http://127.0.0.1:${port}/`, policy)).toBe('reached')
    expect(await refusalFor(`http://sandbox:${port}/`, policy)).toBe('reached')
  })

  test('does not let a development name lead off this machine', async () => {
    const policy: OutboundPolicy = {
      ...answering('93.184.215.14'),
      devHosts: [`sandbox:${port}`, '10.0.0.1:80'],
    }
    expect(await refusalFor(`http://sandbox:${port}/`, policy)).toMatchObject(refused('dns_answer'))
    expect(await refusalFor('http://10.0.0.1/', policy)).toMatchObject(refused('address'))
  })

  test('does not follow a proxy from the environment', async () => {
    const saved = { ...process.env }
    Object.assign(process.env, {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: 'http://127.0.0.1:1',
      http_proxy: 'http://127.0.0.1:1',
    })
    try {
      expect(
        await refusalFor(`http://127.0.0.1:${port}/`, { ...NOWHERE, devHosts: [`127.0.0.1:${port}`] }),
      ).toBe('reached')
    } finally {
      process.env = saved
    }
  })
})

describe('createGuardedConnector()', () => {
  test('drops a socket whose peer turns out not to be public', async () => {
    const toLocal: buildConnector.connector = (_options, callback) => {
      const socket = connectSocket(port, '127.0.0.1', () => callback(null, socket))
    }
    const connect = createGuardedConnector(answering('93.184.215.14'), () => toLocal)
    const error = await new Promise((resolve) => {
      connect({ hostname: 'canvas.school.edu', protocol: 'https:', port: '' }, (...[failure]) =>
        resolve(failure),
      )
    })
    expect(error).toMatchObject(refused('peer'))
  })
})
