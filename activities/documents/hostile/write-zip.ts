import { crc32, deflateRawSync } from 'node:zlib'

/** A zip entry, honest unless told otherwise: each claim of its headers can be set apart from its data. */
export interface ZipPart {
  readonly name: string
  readonly data: Buffer | string
  /** The data is already deflated, and unpacks to this many bytes. */
  readonly deflatedSize?: number
  readonly claimedSize?: number
  readonly method?: number
  readonly flags?: number
  /** Points the directory at the local header of another entry. */
  readonly sharesWith?: number
}

interface Placed {
  readonly part: ZipPart
  readonly body: Buffer
  readonly offset: number
  readonly crc: number
  readonly size: number
}

const STORED_BELOW = 1

/** Writes a zip archive (PKWARE APPNOTE 6.3) entry by entry. */
export function writeZip(parts: readonly ZipPart[]): Buffer {
  const chunks: Buffer[] = []
  const placed: Placed[] = []
  let offset = 0
  for (const part of parts) {
    const entry = place(part, offset)
    const shared = part.sharesWith === undefined ? undefined : placed[part.sharesWith]
    placed.push(shared === undefined ? entry : { ...shared, part: { ...shared.part, name: part.name } })
    if (shared !== undefined) continue
    const local = Buffer.concat([writeLocal(entry), entry.body])
    chunks.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(placed.map(writeCentral))
  return Buffer.concat([...chunks, directory, writeEnd(placed.length, directory.length, offset)])
}

function place(part: ZipPart, offset: number): Placed {
  const data = Buffer.from(part.data as string)
  if (part.deflatedSize !== undefined) return { part, body: data, offset, crc: 0, size: part.deflatedSize }
  const body = methodOf(part) === 0 ? data : deflateRawSync(data, { level: 9 })
  return { part, body, offset, crc: crc32(data), size: data.length }
}

function methodOf(part: ZipPart): number {
  return part.method ?? (part.data.length < STORED_BELOW ? 0 : 8)
}

/** The fields local and central headers share: version needed to CRC, sizes, name length. */
function writeFields({ part, body, crc, size }: Placed): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(part.flags ?? 0x0800, 2)
  fields.writeUInt16LE(methodOf(part), 4)
  fields.writeUInt16LE(0x21, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(body.length, 14)
  fields.writeUInt32LE(part.claimedSize ?? size, 18)
  fields.writeUInt16LE(Buffer.byteLength(part.name), 22)
  return fields
}

function writeLocal(entry: Placed): Buffer {
  return Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    writeFields(entry),
    Buffer.from(entry.part.name),
  ])
}

function writeCentral(entry: Placed): Buffer {
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(entry.offset, 10)
  const start = Buffer.from('PK\x01\x02\x14\x00', 'latin1')
  return Buffer.concat([start, writeFields(entry), tail, Buffer.from(entry.part.name)])
}

function writeEnd(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directoryBytes, 12)
  end.writeUInt32LE(directoryOffset, 16)
  return end
}
