import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { open, rewrap, seal, type SealContext, type SealedSecret } from './envelope.ts'
import { parseKeyRing } from './key-ring.ts'
import { Secret } from './secret.ts'

const kek = (): string => randomBytes(32).toString('base64')
const [old, next] = [kek(), kek()]
const ring = parseKeyRing(`2025:${old}`)
const part = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !text.includes('|'))
const contexts = fc.record({ user_id: part, canvas_origin: part, field: part })
const CONTEXT: SealContext = { user_id: 'u1', canvas_origin: 'https://canvas.school.edu', field: 'api_key' }
const BYTE_COLUMNS = ['ct', 'iv', 'tag', 'wrapped_dek', 'wrap_iv', 'wrap_tag'] as const

const refused = (fault: string) => ({ name: 'CredentialSealError', fault })

describe('seal() and open()', () => {
  test('give back any text for its own context', async () => {
    await fc.assert(
      fc.asyncProperty(contexts, fc.string({ unit: 'grapheme' }), async (context, text) => {
        const opened = await open(ring, context, await seal(ring, context, new Secret(text)))
        expect(opened.reveal()).toBe(text)
      }),
    )
  })

  test('refuse a row copied to another user, origin or field', async () => {
    await fc.assert(
      fc.asyncProperty(
        contexts,
        fc.constantFrom('user_id', 'canvas_origin', 'field'),
        part,
        async (mine, key, other) => {
          fc.pre(mine[key] !== other)
          const sealed = await seal(ring, mine, new Secret('7236~key'))
          await expect(open(ring, { ...mine, [key]: other }, sealed)).rejects.toMatchObject(
            refused('not_authentic'),
          )
        },
      ),
    )
  })

  test('refuse a row with any one bit flipped', async () => {
    const sealed = await seal(ring, CONTEXT, new Secret('7236~abcdefghijklmnop'))
    for (const column of BYTE_COLUMNS) {
      for (let bit = 0; bit < sealed[column].length * 8; bit++) {
        const bytes = Buffer.from(sealed[column])
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        await expect(open(ring, CONTEXT, { ...sealed, [column]: bytes })).rejects.toMatchObject(
          refused('not_authentic'),
        )
      }
    }
  })

  test.each(['tag', 'wrap_tag'] as const)('refuse a %s cut short to any length', async (column) => {
    const sealed = await seal(ring, CONTEXT, new Secret('7236~key'))
    for (let length = 0; length < 16; length++) {
      const cut: SealedSecret = { ...sealed, [column]: sealed[column].subarray(0, length) }
      await expect(open(ring, CONTEXT, cut)).rejects.toMatchObject(refused('not_authentic'))
    }
  })

  test('refuse a data key borrowed from another row of the same user', async () => {
    const [a, b] = [await seal(ring, CONTEXT, new Secret('a')), await seal(ring, CONTEXT, new Secret('b'))]
    const mixed = { ...a, wrapped_dek: b.wrapped_dek, wrap_iv: b.wrap_iv, wrap_tag: b.wrap_tag }
    await expect(open(ring, CONTEXT, mixed)).rejects.toMatchObject(refused('not_authentic'))
  })

  test('never use a data key or an IV twice for the same text', async () => {
    const rows = await Promise.all(Array.from({ length: 50 }, () => seal(ring, CONTEXT, new Secret('same'))))
    for (const column of BYTE_COLUMNS) {
      expect(new Set(rows.map((row) => row[column].toString('hex'))).size).toBe(rows.length)
    }
  })

  test('refuse a context whose parts could be read two ways', async () => {
    const ambiguous = { ...CONTEXT, user_id: 'u1|https://a' }
    await expect(seal(ring, ambiguous, new Secret('x'))).rejects.toMatchObject(refused('malformed_context'))
    await expect(seal(ring, { ...CONTEXT, field: '' }, new Secret('x'))).rejects.toMatchObject(
      refused('malformed_context'),
    )
  })

  test('refuse a layout of another version', async () => {
    const sealed = { ...(await seal(ring, CONTEXT, new Secret('x'))), key_version: 2 }
    await expect(open(ring, CONTEXT, sealed)).rejects.toMatchObject(refused('unsupported_version'))
  })
})

describe('rewrap()', () => {
  const both = parseKeyRing(`2026:${next},2025:${old}`)
  const onlyNew = parseKeyRing(`2026:${next}`)

  test('moves a row to the active key, keeps its value, and frees it from the old key', async () => {
    const sealed = await seal(ring, CONTEXT, new Secret('7236~key'))
    const moved = await rewrap(both, CONTEXT, sealed)
    expect([sealed.kek_id, moved.kek_id]).toEqual(['2025', '2026'])
    expect(moved.ct).toBe(sealed.ct)
    expect((await open(onlyNew, CONTEXT, moved)).reveal()).toBe('7236~key')
    await expect(open(onlyNew, CONTEXT, sealed)).rejects.toMatchObject(refused('unknown_kek'))
    await expect(open(ring, CONTEXT, moved)).rejects.toMatchObject(refused('unknown_kek'))
  })

  test('refuses a wrapping relabelled to another key of the ring, even with equal key bytes', async () => {
    const twins = parseKeyRing(`2025:${old},2026:${old}`)
    const sealed = await seal(twins, CONTEXT, new Secret('x'))
    await expect(open(twins, CONTEXT, { ...sealed, kek_id: '2026' })).rejects.toMatchObject(
      refused('not_authentic'),
    )
  })

  test('refuses to rewrap a damaged row', async () => {
    const sealed = await seal(ring, CONTEXT, new Secret('x'))
    const damaged = { ...sealed, tag: randomBytes(16) }
    await expect(rewrap(both, CONTEXT, damaged)).rejects.toMatchObject(refused('not_authentic'))
  })
})

describe('parseKeyRing()', () => {
  test('takes the first key as active, from commas or lines', () => {
    expect(parseKeyRing(`2026:${next},2025:${old}`).activeKekId).toBe('2026')
    expect(parseKeyRing(`\n2025:${old}\n2026:${next}\n`).activeKekId).toBe('2025')
  })

  test.each([
    ['an empty text', ''],
    ['no id', old],
    ['an id with a separator', `a|b:${old}`],
    ['a short key', `k:${randomBytes(16).toString('base64')}`],
    ['a long key', `k:${randomBytes(33).toString('base64')}`],
    ['a key with a stray character', `k:${old.slice(0, 5)}!${old.slice(5)}`],
    ['one id twice', `k:${old},k:${next}`],
  ])('refuses %s', (_name, text) => {
    expect(() => parseKeyRing(text)).toThrow(expect.objectContaining(refused('malformed_key_ring')))
  })

  test('never names key material in its messages', () => {
    expect(() => parseKeyRing(`k:${old}x`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(old) }),
    )
  })
})
