import { describe, expect, test } from 'vitest'

import { detectKind } from './detect-kind.ts'
import { paragraph, writeDocx } from './hostile/write-docx.ts'
import { writeTextPdf } from './hostile/write-pdf.ts'
import { writeZip } from './hostile/write-zip.ts'

const PDF = writeTextPdf([['Hello']])
const DOCX = writeDocx(paragraph('Hello'))
const PAGE = Buffer.from('<!DOCTYPE html>\n<html><body>Log in</body></html>')
const CFB = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)])
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('detectKind() goes by the bytes', () => {
  test.each([
    ['brief.pdf', PDF, 'pdf', false],
    ['brief.docx', PDF, 'pdf', true],
    ['brief', DOCX, 'docx', false],
    ['brief.pdf', DOCX, 'docx', true],
    ['page.html', PAGE, 'html', false],
    ['page.txt', PAGE, 'html', true],
    ['notes.md', Buffer.from('# Hi'), 'markdown', false],
    ['notes.txt', Buffer.from('# Hi'), 'text', false],
    ['notes.pdf', Buffer.from('just words'), 'text', true],
    ['fragment.html', Buffer.from('Hi <b>x</b><br>'), 'html', false],
    ['junk.pdf', Buffer.concat([Buffer.from('\r\njunk\r\n'), PDF]), 'pdf', false],
    ['latin.txt', Buffer.from('caf\xe9', 'latin1'), 'text', false],
    ['wide.txt', Buffer.from('\ufeffwide', 'utf16le'), 'text', false],
    ['about-pdf.md', Buffer.from('A PDF begins with %PDF-1.7 and more.'), 'markdown', false],
  ])('%s', async (name, bytes, kind, mismatch) => {
    expect(await detectKind({ bytes, name })).toEqual({ kind, mismatch })
  })

  test('and lets the declared type choose among kinds of text', async () => {
    const bytes = Buffer.from('<p>Hi</p>')
    expect(await detectKind({ bytes, name: 'x', contentType: 'text/html; charset=utf-8' })).toMatchObject({
      kind: 'html',
    })
    expect(await detectKind({ bytes, name: 'x', contentType: 'text/markdown' })).toMatchObject({
      kind: 'markdown',
    })
    expect(await detectKind({ bytes: PDF, name: 'x', contentType: 'text/html' })).toMatchObject({
      kind: 'pdf',
    })
  })
})

describe('detectKind() refuses', () => {
  test.each([
    ['a login page under the name of a PDF', 'brief.pdf', PAGE, 'UNSUPPORTED', 'login_page'],
    ['a login page under the name of a Word file', 'brief.docx', PAGE, 'UNSUPPORTED', 'login_page'],
    [
      'an encrypted Office file',
      'a.docx',
      Buffer.concat([CFB, Buffer.from('EncryptedPackage', 'utf16le')]),
      'ENCRYPTED',
      'office_encrypted',
    ],
    ['a Word 97 file', 'a.doc', CFB, 'UNSUPPORTED', 'old_office'],
    ['an empty file', 'a.pdf', Buffer.alloc(0), 'NO_TEXT', 'empty'],
    ['a picture under any name', 'a.pdf', PNG, 'UNSUPPORTED', 'other'],
    ['rich text', 'a.rtf', Buffer.from('{\\rtf1 x}'), 'UNSUPPORTED', 'other'],
    [
      'an archive that is no Word file',
      'a.docx',
      writeZip([{ name: 'a.txt', data: 'x' }]),
      'UNSUPPORTED',
      'other',
    ],
    ['bytes that are no text', 'a.txt', Buffer.from([1, 2, 3, 0, 0, 9]), 'UNSUPPORTED', 'other'],
  ])('%s', async (_, name, bytes, code, reason) => {
    expect(await detectKind({ bytes, name })).toMatchObject({ kind: null, code, reason })
  })
})
