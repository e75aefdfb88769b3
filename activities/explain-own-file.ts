import type { DocumentRefusal } from '../contract/document.ts'

const OWN: Partial<Record<DocumentRefusal, (name: string) => string>> = {
  ENCRYPTED: (name) => `${name} is password-protected. Save a copy without the password and send that.`,
  CORRUPT: (name) => `${name} is damaged and cannot be opened. Save it anew and send that, or send its text.`,
  NO_TEXT: (name) =>
    `${name} holds no text that can be read; it may be a scan or a picture. Send the text itself, or a file with text in it.`,
}

/** The sentence for a student whose own file could not be read; `usual` says it where a file is a file. */
export function explainOwnFile(code: DocumentRefusal, name: string, usual: string): string {
  return OWN[code]?.(`“${name}”`) ?? usual
}
