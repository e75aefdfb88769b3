import { fileTypeFromBuffer } from 'file-type'

import type { DocumentRefusal, ParsedKind } from '../../contract/document.ts'
import { hasTags, looksLikePage, looksLikePdf, looksLikeText } from './sniff-text.ts'
import { precheckZip } from './zip-precheck.ts'

export interface FileFacts {
  readonly bytes: Uint8Array
  readonly name: string
  /** What Canvas said the file is; only breaks ties among text types. */
  readonly contentType?: string | undefined
}

/** Why a file is refused before it is parsed; `login_page` and `office_encrypted` have sentences of their own. */
export type RefusalReason = 'login_page' | 'office_encrypted' | 'old_office' | 'empty' | 'other'

export type DetectedKind =
  | { readonly kind: ParsedKind; readonly mismatch: boolean }
  | {
      readonly kind: null
      readonly code: DocumentRefusal
      readonly reason: RefusalReason
      readonly detail: string
    }

const ZIP = [0x50, 0x4b]
const CFB = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const RTF = [0x7b, 0x5c, 0x72, 0x74, 0x66]
const PAGE_NAMES = new Set(['html', 'htm', 'xhtml', 'aspx', 'php'])
const TEXT_NAMES = new Set(['txt', 'text', 'md', 'markdown', 'log', 'csv', 'tsv', ''])
const EXPECTED: Readonly<Record<string, ParsedKind>> = {
  pdf: 'pdf',
  docx: 'docx',
  html: 'html',
  htm: 'html',
  txt: 'text',
  md: 'markdown',
  markdown: 'markdown',
}

/** Decides what a file is from its bytes; name and declared type only choose among kinds of text. */
export async function detectKind({ bytes, name, contentType = '' }: FileFacts): Promise<DetectedKind> {
  const ending = readEnding(name)
  const found = await detectBytes(bytes, ending, contentType.toLowerCase())
  if (typeof found !== 'string') return found
  const expected = EXPECTED[ending] ?? found
  return { kind: found, mismatch: !(expected === found || (isPlain(expected) && isPlain(found))) }
}

/** Plain text and Markdown are the same bytes: a name cannot be wrong about which it is. */
function isPlain(kind: ParsedKind): boolean {
  return kind === 'text' || kind === 'markdown'
}

/** The file name's ending in lower case, without the dot. */
export function readEnding(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? ''
}

type Refused = Extract<DetectedKind, { kind: null }>

async function detectBytes(
  bytes: Uint8Array,
  ending: string,
  contentType: string,
): Promise<ParsedKind | Refused> {
  if (bytes.length === 0) return refuse('NO_TEXT', 'empty', 'no bytes')
  if (startsWith(bytes, ZIP)) return detectZip(bytes)
  if (startsWith(bytes, CFB)) return detectCompound(bytes)
  if (startsWith(bytes, RTF)) return refuse('UNSUPPORTED', 'other', 'rtf')
  if (looksLikePage(bytes)) {
    const named = PAGE_NAMES.has(ending) || TEXT_NAMES.has(ending)
    return named ? 'html' : refuse('UNSUPPORTED', 'login_page', `a web page under the name .${ending}`)
  }
  if (looksLikePdf(bytes)) return 'pdf'
  const type = await fileTypeFromBuffer(bytes)
  if (type !== undefined && !type.mime.startsWith('text/') && type.ext !== 'xml') {
    return refuse('UNSUPPORTED', 'other', type.ext)
  }
  if (!looksLikeText(bytes)) return refuse('UNSUPPORTED', 'other', 'unknown bytes')
  if ((PAGE_NAMES.has(ending) || contentType.includes('html')) && hasTags(bytes)) return 'html'
  return ending === 'md' || ending === 'markdown' || contentType.includes('markdown') ? 'markdown' : 'text'
}

async function detectZip(bytes: Uint8Array): Promise<ParsedKind | Refused> {
  const verdict = await precheckZip(bytes)
  if (!verdict.ok) return refuse(verdict.code, 'other', verdict.detail)
  if (verdict.names.includes('word/document.xml')) return 'docx'
  // Rare producers call the main part otherwise; file-type reads the declared content type.
  const type = await fileTypeFromBuffer(bytes)
  return type?.ext === 'docx' ? 'docx' : refuse('UNSUPPORTED', 'other', type?.ext ?? 'zip')
}

/** OLE compound files: Office wraps a password-protected document in one, and Word 97 saved in it. */
function detectCompound(bytes: Uint8Array): Refused {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return refuse('ENCRYPTED', 'office_encrypted', 'EncryptedPackage stream')
  }
  return refuse('UNSUPPORTED', 'old_office', 'an Office 97 file')
}

function refuse(code: DocumentRefusal, reason: RefusalReason, detail: string): Refused {
  return { kind: null, code, reason, detail }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}
