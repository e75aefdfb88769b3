import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { request } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'

import { createGuardedAgent } from './agent.ts'

// The few lines of DER (X.690) that a self-signed certificate (RFC 5280) takes, since Node can read one but not make one.
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const text = (tag: number, value: string) => der(tag, Buffer.from(value))

function selfSigned(hostname: string): { key: KeyObject; cert: string } {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
  const name = sequence(der(0x31, sequence(oid('550403'), text(0x0c, hostname))))
  const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'))
  const altName = sequence(oid('551d11'), der(0x04, sequence(text(0x82, hostname))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(altName)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, key))
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64')
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n` }
}

const trusted = getCACertificates('default')
afterEach(() => setDefaultCACertificates(trusted))

/** Asks a TLS server that holds a certificate for `certified` under the name `asked`. */
async function ask(certified: string, asked: string, trust: boolean): Promise<unknown> {
  const { key, cert } = selfSigned(certified)
  if (trust) setDefaultCACertificates([...trusted, cert])
  let hits = 0
  const server = createServer(
    { key: key.export({ type: 'pkcs8', format: 'pem' }), cert },
    (_request, response) => {
      hits++
      response.end('ok')
    },
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const agent = createGuardedAgent({
    allowedHosts: [],
    devHosts: [`${asked}:${port}`],
    resolver: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  try {
    const reply = await request(`https://${asked}:${port}/`, { dispatcher: agent })
    return await reply.body.text()
  } catch (error) {
    return { error, hits }
  } finally {
    await agent.destroy()
    server.closeAllConnections()
    server.close()
  }
}

describe('TLS of the guarded agent', () => {
  test('takes a trusted certificate for the name it asked', async () => {
    expect(await ask('canvas.school.edu', 'canvas.school.edu', true)).toBe('ok')
  })

  test('refuses a trusted certificate for another name before any request is sent', async () => {
    const refusal = await ask('other.school.edu', 'canvas.school.edu', true)
    expect(refusal).toMatchObject({ error: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, hits: 0 })
  })

  test('refuses a certificate nobody trusts', async () => {
    const refusal = await ask('canvas.school.edu', 'canvas.school.edu', false)
    expect(refusal).toMatchObject({ error: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, hits: 0 })
  })
})
