// slim = htmlparser2: it never makes more nodes than the page has tags, where the HTML5 algorithm can be
// made to multiply them; and it loads in half the time.
import { load } from 'cheerio/slim'

import type { DocumentWarning } from '../../../contract/document.ts'
import { collectUnseen } from './collect-unseen.ts'
import { dropHidden } from './drop-hidden.ts'
import { flattenTables } from './flatten-tables.ts'
import { createConverter } from './markdown-rules.ts'
import { noteHidden, noteUnseen } from './unseen.ts'

/** Turns a page into Markdown: headings, lists and tables stay, hidden text goes and is reported. */
export function htmlToMarkdown(html: string): { text: string; warnings: DocumentWarning[] } {
  const $ = load(html)
  // Canvas repeats each equation as MathML for screen readers; the LaTeX already says it.
  $('.hidden-readable').remove()
  const roots = $.root().contents().toArray()
  const unseen = collectUnseen(roots)
  const hidden = dropHidden(roots)
  flattenTables($)
  const images = { unread: 0 }
  const text = createConverter(images).turndown($.html())
  const warnings = noteHidden(hidden.text, hidden.letters)
  if (images.unread > 0) {
    const count = images.unread === 1 ? '1 picture was' : `${images.unread} pictures were`
    warnings.push({ code: 'not_read', message: `${count} not read.` })
  }
  return { text, warnings: [...warnings, ...noteUnseen(unseen)] }
}
