import type { DocumentRefusal } from '../../contract/document.ts'
import type { RefusalReason } from './detect-kind.ts'

const READABLE = 'PDF, Word (.docx), plain text, Markdown or HTML'

const BY_CODE: Readonly<Record<DocumentRefusal, (name: string) => string>> = {
  PARSE_TIMEOUT: (name) =>
    `${name} takes too long to read. Try a shorter or simpler copy, for example printed to PDF again.`,
  PARSE_MEMORY: (name) =>
    `${name} is too large to read once it is unpacked. Try a shorter copy, or upload it in parts.`,
  ENCRYPTED: (name) =>
    `${name} is password-protected. Ask your instructor for an open copy, or save one without the password and upload it.`,
  CORRUPT: (name) =>
    `${name} is damaged and cannot be opened. Download it again, or ask your instructor for a new copy.`,
  UNSUPPORTED: (name) =>
    `${name} is of a kind Waymark does not read. Save it as ${READABLE} and upload that.`,
  NO_TEXT: (name) =>
    `${name} holds no text that can be read; it may be a scan. Ask for a text version, or run text recognition (OCR) on it first.`,
}

const BY_REASON: Readonly<Partial<Record<RefusalReason | 'too_large', (name: string) => string>>> = {
  login_page: (name) =>
    `Canvas did not let us in: it sent a web page instead of ${name}. Open the file in Canvas to check that you may see it, then try again.`,
  old_office: (name) => `${name} is in the old Office format. Save it as .docx or PDF and upload that.`,
  empty: (name) => `${name} is empty. Download it again, or ask your instructor for a new copy.`,
  too_large: (name) => `${name} is larger than 25 MB. Upload a smaller copy, or only the pages that matter.`,
}

/** The sentence a student reads when a file could not be read: what is wrong with it and what to do. */
export function explainRefusal(
  name: string,
  code: DocumentRefusal,
  reason?: RefusalReason | 'too_large',
): string {
  const quoted = `“${name}”`
  const explain = (reason === undefined ? undefined : BY_REASON[reason]) ?? BY_CODE[code]
  return explain(quoted)
}
