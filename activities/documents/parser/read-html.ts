import { assembleText } from './assemble-reading.ts'
import { decodeText } from './decode-text.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { Unreadable, type Reader } from './reading.ts'

/** Reads a web page or a fragment of one; NO_TEXT when it shows nothing. */
export const readHtml: Reader = async (bytes) => {
  const { text, warnings } = htmlToMarkdown(decodeText(bytes).text)
  const reading = assembleText(text, warnings)
  if (reading.text === '') throw new Unreadable('NO_TEXT', 'the page shows no text')
  return reading
}
