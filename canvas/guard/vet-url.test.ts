import { describe, expect, test } from 'vitest'

import { isLoopbackAddress, isPublicAddress } from './public-address.ts'
import { describeRefusal, vetOrigin, vetUrl, type UrlRefusal } from './vet-url.ts'

const ANY = { allowedHosts: [], devHosts: [] }
const INSTRUCTURE = { allowedHosts: ['*.instructure.com', 'canvas.school.edu'], devHosts: [] }

const HOSTILE_HOSTS = `
127.0.0.1  127.1  127.0.1  2130706433  0x7f000001  0x7f.1  0177.0.0.1  017700000001  0  0.0.0.0  127.255.255.254
localhost  LOCALHOST  localhost.  foo.localhost  127.0.0.1.  ①②⑦.⓪.⓪.①  127。0。0。1  %31%32%37.0.0.1
[::1]  [::]  [0:0:0:0:0:0:0:1]  [::ffff:127.0.0.1]  [::ffff:7f00:1]  [::127.0.0.1]  [64:ff9b::127.0.0.1]
[64:ff9b:1::7f00:1]  [2002:7f00:1::]  [2001:0:7f00:1::]  [fe80::1]  [fc00::1]  [fec0::1]  [ff02::1]  [5f00::1]
[::ffff:0:127.0.0.1]  169.254.169.254  2852039166  0xa9fea9fe  [fd00:ec2::254]  169.254.170.2  100.100.100.200
168.63.129.16  192.0.0.192  10.0.0.1  172.31.255.255  192.168.0.1  198.18.0.1  224.0.0.1  240.0.0.1
255.255.255.255  [::ffff:8.8.8.8]  [2001:db8::1]  [3fff::1]  [2620:4f:8000::1]  metadata.google.internal
canvas  canvas.  canvas.local  canvas.lan  canvas.home  canvas.corp  1.0.0.127.in-addr.arpa  canvas.onion
canvas.home.arpa  kubernetes.default.svc.cluster.local  a..b.edu  canvas.edu..
`
  .trim()
  .split(/\s+/)

describe('vetUrl()', () => {
  test.each(HOSTILE_HOSTS)('refuses https://%s', (host) => {
    expect(vetUrl(`https://${host}/api/v1/users/self`, ANY).ok).toBe(false)
  })

  test.each<[string, UrlRefusal]>([
    ['http://canvas.school.edu', 'not_https'],
    ['https://u:p@canvas.school.edu', 'userinfo'],
    ['https://u@canvas.school.edu', 'userinfo'],
    ['https://good.instructure.com@evil', 'userinfo'],
    ['https://evil#.instructure.com', 'single_label'],
    ['https://evil\\.instructure.com', 'malformed'],
    ['https://canvas.school.edu:8443', 'port'],
    ['https://canvas.school.edu:22', 'port'],
    ['https://canvas.school.edu:80', 'port'],
    ['file:///etc/passwd', 'not_https'],
    ['data:text/html,hello', 'not_https'],
    ['gopher://canvas.school.edu', 'not_https'],
    ['blob:https://canvas.school.edu/x', 'not_https'],
    ['javascript:alert(1)', 'not_https'],
    ['//evil', 'malformed'],
    ['canvas.school.edu', 'malformed'],
    ['https:\\\\evil', 'malformed'],
    ['https://canvas.school.edu\t', 'malformed'],
    ['https://canvas.\nschool.edu', 'malformed'],
    ['ht\ttps://canvas.school.edu', 'malformed'],
    [' https://canvas.school.edu', 'malformed'],
    ['https://', 'malformed'],
    ['', 'malformed'],
    [`https://canvas.school.edu/${'a'.repeat(2_048)}`, 'malformed'],
  ])('refuses %j as %s', (input, reason) => {
    expect(vetUrl(input, ANY)).toEqual({ ok: false, reason })
    expect(describeRefusal(reason)).toMatch(/^[A-Z].*\.$/)
  })

  test.each([
    'https://canvas.school.edu/',
    'https://canvas.school.edu:443/files/1/download?x=1#y',
    'https://inst-fs-iad-prod.inscloudgate.net/files/abc?token=x',
    'https://xn--mnchen-3ya.de/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
  ])('lets %s pass', (input) => {
    expect(vetUrl(input, ANY)).toMatchObject({ ok: true })
    expect(vetUrl(input, INSTRUCTURE)).toMatchObject({ ok: true })
  })
})

describe('vetOrigin()', () => {
  test.each([
    ['https://Canvas.School.edu/courses/1?x=1#y', 'https://canvas.school.edu'],
    ['https://canvas.school.edu.:443/', 'https://canvas.school.edu'],
    ['https://school.instructure.com', 'https://school.instructure.com'],
    ['https://school.beta.instructure.com', 'https://school.beta.instructure.com'],
  ])('reduces %s to %s', (input, origin) => {
    expect(vetOrigin(input, INSTRUCTURE)).toEqual({ ok: true, origin })
  })

  test.each([
    'https://good.instructure.com.evil.io',
    'https://evilinstructure.com',
    'https://instructure.com',
    'https://evil.io#.instructure.com',
    'https://evil.io/.instructure.com',
    'https://sub.canvas.school.edu',
  ])('refuses %s outside the allow-list', (input) => {
    expect(vetOrigin(input, INSTRUCTURE)).toEqual({ ok: false, reason: 'not_allowed_host' })
  })

  test('keeps the guard up when the allow-list names a private host', () => {
    const policy = { allowedHosts: ['localhost', '10.0.0.1', '*.internal'], devHosts: [] }
    for (const host of ['localhost', '10.0.0.1', 'canvas.internal']) {
      expect(vetOrigin(`https://${host}`, policy).ok).toBe(false)
    }
  })

  test('lets a development host pass over http by exact host and port only', () => {
    const policy = { allowedHosts: ['*.instructure.com'], devHosts: ['127.0.0.1:4010', 'localhost:4010'] }
    expect(vetOrigin('http://127.0.0.1:4010/x', policy)).toEqual({
      ok: true,
      origin: 'http://127.0.0.1:4010',
    })
    expect(vetOrigin('http://LOCALHOST:4010', policy)).toEqual({ ok: true, origin: 'http://localhost:4010' })
    for (const url of [
      'http://127.0.0.1:4011',
      'http://127.0.0.2:4010',
      'http://u@127.0.0.1:4010',
      'ftp://localhost:4010',
    ]) {
      expect(vetOrigin(url, policy).ok).toBe(false)
    }
  })
})

describe('isPublicAddress()', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '168.63.129.17',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])('accepts %s', (address) => expect(isPublicAddress(address)).toBe(true))

  test.each([
    '',
    'canvas.school.edu',
    '8.8.8.8%eth0',
    '2606:4700::1%eth0',
    '::ffff:8.8.8.8',
    '4000::1',
    '1fff::1',
    undefined,
  ])('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('isLoopbackAddress()', () => {
  test('knows this machine and nothing else', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1']) expect(isLoopbackAddress(address)).toBe(true)
    for (const address of ['10.0.0.1', '0.0.0.0', '::', 'localhost', '::1%lo', undefined]) {
      expect(isLoopbackAddress(address)).toBe(false)
    }
  })
})
