import { z } from 'zod'

import { Count, Sha256 } from './primitives.ts'

const PARSED_KINDS = ['pdf', 'docx', 'html', 'text', 'markdown'] as const
export const ParsedKind = z.enum(PARSED_KINDS)

/** What a reader should know about a document that was read, but perhaps not whole. */
const DOCUMENT_WARNINGS = [
  'truncated',
  'hidden_text',
  'unseen_text',
  'not_read',
  'pages_not_read',
  'name_mismatch',
  'encoding_guessed',
] as const
export const DocumentWarning = z.strictObject({
  code: z.enum(DOCUMENT_WARNINGS),
  message: z.string(),
  text: z.string().optional().meta({ description: 'What was left out because no reader would see it' }),
})

/** Where one page lies in the text: UTF-16 code units, `start` included, `end` excluded. */
export const PageSpan = z.strictObject({ page: Count, start: Count, end: Count })

/** The text of one document as it is quoted and stored: NFC, `\n` line ends, offsets true to `text`. */
export const ParsedDocument = z.strictObject({
  kind: ParsedKind,
  text: z.string(),
  pages: z.array(PageSpan).meta({ description: 'Empty where the format has no pages' }),
  warnings: z.array(DocumentWarning),
  sha256: Sha256.meta({ description: 'SHA-256 of `text` in UTF-8' }),
  bytes_sha256: Sha256.meta({ description: 'SHA-256 of the bytes that were read' }),
  parser: z.string().meta({ description: 'name@version', example: 'pdf-parse@2.4.5+1' }),
  truncated: z.boolean(),
})

/** Why a document could not be read; each is also a run error code, and trying again cannot help. */
export const DOCUMENT_REFUSALS = [
  'PARSE_TIMEOUT',
  'PARSE_MEMORY',
  'ENCRYPTED',
  'CORRUPT',
  'UNSUPPORTED',
  'NO_TEXT',
] as const
export const DocumentRefusal = z.enum(DOCUMENT_REFUSALS)

export type ParsedKind = z.infer<typeof ParsedKind>
export type DocumentWarning = z.infer<typeof DocumentWarning>
export type PageSpan = z.infer<typeof PageSpan>
export type ParsedDocument = z.infer<typeof ParsedDocument>
export type DocumentRefusal = z.infer<typeof DocumentRefusal>
