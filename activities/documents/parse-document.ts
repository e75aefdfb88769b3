import { createHash } from 'node:crypto'

import type { DocumentRefusal, DocumentWarning, ParsedDocument, ParsedKind } from '../../contract/document.ts'
import { detectKind, readEnding } from './detect-kind.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { Reading } from './parser/reading.ts'
import { readText } from './read-text.ts'
import type { Sandbox } from './sandbox.ts'

export const MAX_DOCUMENT_BYTES = 25 * 1024 * 1024
const TEXT_PARSER = 'text@1'

export interface DocumentInput {
  readonly bytes: Uint8Array
  readonly name: string
  readonly contentType?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type ParseOutcome =
  | { readonly ok: true; readonly document: ParsedDocument }
  | {
      readonly ok: false
      readonly code: DocumentRefusal
      /** A sentence for the student; names the file and says what to do. */
      readonly message: string
      /** What was found, for the log: one short line that never goes to a model or a student. */
      readonly detail: string
    }

/**
 * Reads the text of a file of any allowed kind, decided by its bytes. A file that cannot be read is an outcome;
 * rejects only with SandboxUnavailable (worth a retry) or the signal's reason.
 */
export async function parseDocument(input: DocumentInput, sandbox: Sandbox): Promise<ParseOutcome> {
  const { bytes, name } = input
  if (bytes.length > MAX_DOCUMENT_BYTES)
    return refuse(name, 'UNSUPPORTED', 'too_large', `${bytes.length} bytes`)
  const detected = await detectKind(input)
  if (detected.kind === null) return refuse(name, detected.code, detected.reason, detected.detail)
  const warnings = detected.mismatch ? [describeMismatch(name, detected.kind)] : []
  return readAs(detected.kind, input, warnings, sandbox)
}

/**
 * Reads HTML that Canvas delivered in a field (a description, a syllabus, a message), as parseDocument would a file.
 * It goes to the sandbox as well: nesting alone makes HTML parsers slow, and small markup can be just as hostile.
 */
export async function parseHtml(
  html: string,
  name: string,
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<ParseOutcome> {
  const bytes = Buffer.from(html, 'utf8')
  if (bytes.length > MAX_DOCUMENT_BYTES)
    return refuse(name, 'UNSUPPORTED', 'too_large', `${bytes.length} bytes`)
  if (html.trim() === '') return refuse(name, 'NO_TEXT', 'empty', 'no text')
  return readAs('html', { bytes, name, signal }, [], sandbox)
}

async function readAs(
  kind: ParsedKind,
  { bytes, name, signal }: DocumentInput,
  warnings: readonly DocumentWarning[],
  sandbox: Sandbox,
): Promise<ParseOutcome> {
  if (kind === 'text' || kind === 'markdown') {
    const reading = readText(bytes)
    if (reading.text === '') return refuse(name, 'NO_TEXT', 'empty', 'no text')
    return { ok: true, document: buildDocument(kind, bytes, reading, warnings, TEXT_PARSER) }
  }
  const { answer } = await sandbox.run(kind, bytes, signal)
  if (!answer.ok) return refuse(name, answer.code, undefined, answer.detail)
  return { ok: true, document: buildDocument(kind, bytes, answer, warnings, sandbox.parserOf(kind)) }
}

function buildDocument(
  kind: ParsedKind,
  bytes: Uint8Array,
  reading: Reading,
  warnings: readonly DocumentWarning[],
  parser: string,
): ParsedDocument {
  return {
    kind,
    text: reading.text,
    pages: [...reading.pages],
    warnings: [...warnings, ...reading.warnings],
    sha256: hash(reading.text),
    bytes_sha256: hash(bytes),
    parser,
    truncated: reading.truncated,
  }
}

function hash(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function refuse(
  name: string,
  code: DocumentRefusal,
  reason: Parameters<typeof explainRefusal>[2],
  detail: string,
): ParseOutcome {
  return { ok: false, code, message: explainRefusal(name, code, reason), detail }
}

function describeMismatch(name: string, kind: ParsedKind): DocumentWarning {
  const is: Readonly<Record<ParsedKind, string>> = {
    pdf: 'a PDF',
    docx: 'a Word file',
    html: 'a web page',
    text: 'plain text',
    markdown: 'Markdown',
  }
  return {
    code: 'name_mismatch',
    message: `The name of “${name}” ends in .${readEnding(name)}, but the file is ${is[kind]}.`,
  }
}
