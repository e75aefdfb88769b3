import { fromBufferPromise, type Entry } from 'yauzl'

import type { DocumentRefusal } from '../../contract/document.ts'

const MIB = 1024 * 1024
const MAX_ENTRIES = 2000
const MAX_PART_BYTES = 64 * MIB
const MAX_XML_BYTES = 16 * MIB
const MAX_TOTAL_BYTES = 200 * MIB
const MAX_RATIO = 200
const LOCAL_HEADER_BYTES = 30
const END_RECORD_BYTES = 22
const END_RECORD_SIGNATURE = Buffer.from('PK\x05\x06', 'latin1')
const STORED = 0
const DEFLATED = 8

export type ZipVerdict =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly code: DocumentRefusal; readonly detail: string }

/** Judges a zip by its central directory alone, before anything is unpacked. */
export async function precheckZip(bytes: Uint8Array): Promise<ZipVerdict> {
  const entries: Entry[] = []
  try {
    const zip = await fromBufferPromise(trimTail(bytes), { lazyEntries: true, strictFileNames: true })
    if (zip.entryCount > MAX_ENTRIES) return refuse('PARSE_MEMORY', `${zip.entryCount} entries`)
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return refuse('CORRUPT', error.message)
  }
  return judgeEntries(entries)
}

/** Cuts what follows the end record: honest files with a stray last byte do not open otherwise. */
function trimTail(bytes: Uint8Array): Buffer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const record = buffer.lastIndexOf(END_RECORD_SIGNATURE)
  if (record === -1 || record + END_RECORD_BYTES > buffer.length) return buffer
  const comment = buffer.readUInt16LE(record + END_RECORD_BYTES - 2)
  return buffer.subarray(0, record + END_RECORD_BYTES + comment)
}

function judgeEntries(entries: readonly Entry[]): ZipVerdict {
  for (const entry of entries) {
    const verdict = judgeEntry(entry)
    if (verdict !== null) return verdict
  }
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > MAX_TOTAL_BYTES) return refuse('PARSE_MEMORY', `${total} bytes unpacked`)
  const names = entries.map((entry) => entry.fileName)
  if (new Set(names).size < names.length) return refuse('CORRUPT', 'two parts share a name')
  if (overlaps(entries)) return refuse('CORRUPT', 'parts overlap')
  return { ok: true, names }
}

function judgeEntry(entry: Entry): ZipVerdict | null {
  const { fileName, uncompressedSize: size, compressedSize } = entry
  if (entry.isEncrypted()) return refuse('ENCRYPTED', `${fileName} is encrypted`)
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return refuse('UNSUPPORTED', `compression method ${entry.compressionMethod}`)
  }
  if (size > MAX_PART_BYTES) return refuse('PARSE_MEMORY', `${fileName} unpacks to ${size} bytes`)
  if (size > MAX_XML_BYTES && /\.(xml|rels)$/i.test(fileName)) {
    return refuse('PARSE_MEMORY', `${fileName} unpacks to ${size} bytes of XML`)
  }
  if (size > MIB && size > compressedSize * MAX_RATIO) return refuse('PARSE_MEMORY', `${fileName} is a bomb`)
  return null
}

/** Whether parts share bytes: that is how a small file lists the same bomb many times (Fifield 2019). */
function overlaps(entries: readonly Entry[]): boolean {
  let end = 0
  for (const entry of entries.toSorted(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  )) {
    if (entry.relativeOffsetOfLocalHeader < end) return true
    end =
      entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameRaw.length + entry.compressedSize
  }
  return false
}

function refuse(code: DocumentRefusal, detail: string): ZipVerdict {
  return { ok: false, code, detail }
}
