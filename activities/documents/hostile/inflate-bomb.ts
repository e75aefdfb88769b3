import { constants, deflateRawSync, deflateSync } from 'node:zlib'

const EMPTY_LAST_BLOCK = Buffer.from([0x03, 0x00])
const ZLIB_HEADER = Buffer.from([0x78, 0x9c])

/**
 * A raw deflate stream (RFC 1951) that unpacks to `chunk` written `times` over, made without unpacking it:
 * a full flush ends each block on a byte and forgets what came before, so compressed blocks may be repeated.
 */
export function repeatDeflated(chunk: Uint8Array, times: number): Buffer {
  const block = deflateRawSync(chunk, { finishFlush: constants.Z_FULL_FLUSH, level: 9 })
  return Buffer.concat([...Array.from({ length: times }, () => block), EMPTY_LAST_BLOCK])
}

/** The same with a zlib header (RFC 1950) and a checksum that PDF readers do not verify. */
export function repeatFlate(chunk: Uint8Array, times: number): Buffer {
  return Buffer.concat([ZLIB_HEADER, repeatDeflated(chunk, times), Buffer.alloc(4)])
}

/** `gib` GiB of spaces behind two Flate layers: a few kilobytes for each gigabyte. */
export function twiceFlated(gib: number): Buffer {
  return deflateSync(repeatFlate(Buffer.alloc(1024 * 1024, ' '), gib * 1024), { level: 9 })
}
