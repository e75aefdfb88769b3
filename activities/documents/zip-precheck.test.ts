import { describe, expect, test } from 'vitest'

import { SKELETON, paragraph, writeDocx } from './hostile/write-docx.ts'
import { writeZip, type ZipPart } from './hostile/write-zip.ts'
import { precheckZip } from './zip-precheck.ts'

const MIB = 1024 * 1024
const claim = (name: string, deflatedSize: number, packed = 1000): ZipPart => ({
  name,
  data: Buffer.alloc(packed),
  deflatedSize,
})

describe('precheckZip()', () => {
  test('passes an honest Word file and names its parts', async () => {
    const verdict = await precheckZip(writeDocx(paragraph('Hello')))
    expect(verdict).toEqual({ ok: true, names: [...SKELETON.map(({ name }) => name), 'word/document.xml'] })
  })

  test('passes a file with stray bytes after its end', async () => {
    expect(
      await precheckZip(Buffer.concat([writeDocx(paragraph('Hello')), Buffer.from('\n\0')])),
    ).toMatchObject({ ok: true })
  })

  test.each([
    [
      'more than 2,000 entries',
      Array.from({ length: 2001 }, (_, index) => ({ name: `${index}`, data: '' })),
      'PARSE_MEMORY',
    ],
    ['a part over 64 MiB', [claim('a.bin', 65 * MIB, MIB)], 'PARSE_MEMORY'],
    ['XML over 16 MiB', [claim('a.xml', 17 * MIB, MIB)], 'PARSE_MEMORY'],
    ['more than 200 MiB in all', [1, 2, 3, 4].map((n) => claim(`${n}.bin`, 60 * MIB, MIB)), 'PARSE_MEMORY'],
    ['a part packed more than 200 to 1', [claim('a.bin', 2 * MIB, 1000)], 'PARSE_MEMORY'],
    ['an encrypted part', [{ name: 'a', data: 'x', flags: 1 }], 'ENCRYPTED'],
    ['another packing than deflate', [{ name: 'a', data: 'x', method: 12 }], 'UNSUPPORTED'],
    [
      'one name twice',
      [
        { name: 'a', data: 'x' },
        { name: 'a', data: 'y' },
      ],
      'CORRUPT',
    ],
    ['a name that climbs', [{ name: 'a/../../b', data: 'x' }], 'CORRUPT'],
    ['a name from the root', [{ name: '/etc/passwd', data: 'x' }], 'CORRUPT'],
    [
      'parts that share bytes',
      [
        { name: 'a', data: 'x' },
        { name: 'b', data: '', sharesWith: 0 },
      ],
      'CORRUPT',
    ],
  ])('refuses %s', async (_, parts, code) => {
    expect(await precheckZip(writeZip(parts))).toMatchObject({ ok: false, code })
  })

  test('refuses what only begins like a zip', async () => {
    expect(await precheckZip(Buffer.from('PK\x03\x04 and no more'))).toMatchObject({
      ok: false,
      code: 'CORRUPT',
    })
  })
})
