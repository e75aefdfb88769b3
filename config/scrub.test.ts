import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrub } from './scrub.ts'

const B64 = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'
const pem = (kind: string, lines: string) =>
  `-----BEGIN ${kind}PRIVATE KEY-----${lines}-----END ${kind}PRIVATE KEY-----`
const CANVAS = '7236~kUtxYz0123456789abcdefGHIJ'
const JWT = `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1MSJ9.${B64}`

const SECRETS = [
  CANVAS,
  CANVAS.replace('~', '%7E'),
  `Bearer ${B64}`,
  `bearer  ${B64}`,
  `Bearer%20${B64}`,
  `access_token=${B64}`,
  `https://files.school.edu/x?X-Amz-Signature=${B64}`,
  `{"Authorization":"${B64}"}`,
  `{"PASSWORD" : "${B64}"}`,
  `{"a":{"b":{"c":{"api_key":"${B64} \\" ${B64}"}}}}`,
  JSON.stringify({ msg: JSON.stringify({ token: `${B64}"\\\n${B64}` }) }),
  JWT,
  pem('', `\n${B64}\n${B64}\n`),
  pem('RSA ', `\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${B64}\n\n${B64}\n`),
  pem('EC ', `\\n${B64}\\r\\n${B64}\\n`),
  `postgres://waymark:${B64}@localhost:5432/waymark`,
  `postgres://:${B64}@localhost/waymark`,
  `sk-${B64}`,
  `sk-ant-api03-${B64}`,
  `AIza${B64}`,
] as const

const HARMLESS = [
  'GET /api/v1/courses/7/assignments/9?include[]=can_submit 200',
  'https://canvas.school.edu:443/courses/1?email=a@school.edu',
  '{"input_tokens":1200,"output_tokens":30}',
  'The sketch-like task-dependency-resolution plan was basic and its bearer was late',
  'plan 12~5 of risk-averse weeks',
]

describe('scrub()', () => {
  test.each(SECRETS)('masks %s', (text) => {
    const scrubbed = scrub(`before ${text} after`)
    expect(scrubbed).not.toMatch(/QUJD|kUtx|eyJz/)
    expect(scrubbed).toContain('[secret]')
    expect(scrubbed).toMatch(/^before .*after$/s)
  })

  test.each(HARMLESS)('leaves %s as it is', (text) => {
    expect(scrub(text)).toBe(text)
  })

  test('masks a private key cut off before its end', () => {
    expect(scrub(`key: -----BEGIN PRIVATE KEY-----\n${B64}`)).toBe('key: [secret]')
  })

  test('keeps scheme, host and parameter names readable', () => {
    expect(scrub(`postgres://u:${B64}@db:5432/x`)).toBe('postgres://[secret]@db:5432/x')
    expect(scrub(`/cb?access_token=${B64}&page=2`)).toBe('/cb?access_token=[secret]&page=2')
  })

  test('leaves a line of JSON valid and without the secret, wherever the secret stands', () => {
    const key = fc.constantFrom('msg', 'Authorization', 'token', 'url', 'err')
    const text = fc
      .tuple(fc.string(), fc.constantFrom(...SECRETS), fc.string())
      .map(([before, secret, after]) => `${before}\n${secret}\n${after}`)
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        const scrubbed = scrub(JSON.stringify({ value }))
        expect(() => JSON.parse(scrubbed)).not.toThrow()
        expect(scrubbed).not.toMatch(/QUJD|kUtx|eyJz/)
      }),
      { numRuns: 500 },
    )
  })

  test('is idempotent', () => {
    for (const text of SECRETS) expect(scrub(scrub(text))).toBe(scrub(text))
  })

  test.each(['-----BEGIN PRIVATE KEY-----', 'a.', 'a://', '\\', '1', 'Bearer ', 'token=', '"token":"\\'])(
    'stays linear on a long run of %j',
    (unit) => {
      expect(scrub(unit.repeat(Math.ceil(200_000 / unit.length)))).not.toBe('')
    },
    5_000,
  )
})
