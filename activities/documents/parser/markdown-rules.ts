import TurndownService from 'turndown'
import { tables, taskListItems } from 'turndown-plugin-gfm'

/** The part of a DOM element the rules read. */
interface Element {
  readonly nodeName: string
  readonly textContent: string
  readonly parentNode: Element | null
  readonly children: ArrayLike<Element>
  readonly nextSibling: Element | null
  getAttribute(name: string): string | null
}

// These grant access to the file behind the link, so they must not travel with the text.
const ACCESS_PARAMETERS = /([?&])(?:verifier|access_token|sf_verifier|token|sessionless_launch)=[^&#]*/gi
const SHOWN_SCHEME = /^(https?:|mailto:|\/|[\w.-]+[/?])/i

export interface ImageTally {
  unread: number
}

/** A converter to Markdown that is meant for reading and quoting: no escapes, no emphasis marks, links as text. */
export function createConverter(images: ImageTally): TurndownService {
  const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', hr: '---' })
  // Nothing renders this text again, and a backslash would break a quote that is otherwise exact.
  service.escape = (text) => text
  service.use([tables, taskListItems])
  // A quote runs across bold words; marks in the middle of it would only get in its way.
  service.addRule('emphasis', { filter: ['em', 'strong', 'b', 'i'], replacement: (content) => content })
  service.addRule('struck', { filter: ['del', 's'], replacement: (content) => `~~${content}~~` })
  service.addRule('power', {
    filter: 'sup',
    replacement: (content) => (isPower(content) ? `^${content}` : content),
  })
  service.addRule('item', { filter: 'li', replacement: (content, node: Element) => writeItem(content, node) })
  service.addRule('link', { filter: 'a', replacement: (content, node: Element) => writeLink(content, node) })
  service.addRule('image', { filter: 'img', replacement: (_, node: Element) => writeImage(node, images) })
  service.addRule('embedded', {
    filter: ['iframe', 'video', 'audio', 'embed'],
    replacement: (_, node: Element) => writeEmbedded(node),
  })
  return service
}

function isPower(content: string): boolean {
  return /^[-+−]?[\dn]{1,3}$/.test(content)
}

function writeItem(content: string, node: Element): string {
  const list = node.parentNode
  const start = Number(list?.getAttribute('start') ?? 1) || 1
  const index = list === null ? 0 : Array.prototype.indexOf.call(list.children, node)
  const mark = list?.nodeName === 'OL' ? `${start + index}. ` : '- '
  const lines = content
    .trim()
    .replace(/\n{2,}/g, '\n')
    .split('\n')
  return lines.map((line, row) => (row === 0 ? mark : ' '.repeat(mark.length)) + line).join('\n') + '\n'
}

function writeLink(content: string, node: Element): string {
  const text = content.trim()
  const href = (node.getAttribute('href') ?? '').trim()
  // Word's notes point back at their mark with an arrow that says nothing in plain text.
  if (text === '↑') return ''
  if (href === '' || href.startsWith('#') || !SHOWN_SCHEME.test(href)) return content
  const url = cleanUrl(href)
  const bare = url.replace(/^mailto:/i, '')
  if (text === '' || text === bare || text === url) return bare
  return `${text} (${bare})`
}

/** Takes out of a link the parameters that would let anyone open it. */
export function cleanUrl(url: string): string {
  return url
    .replace(ACCESS_PARAMETERS, '$1')
    .replace(/([?&])&+/g, '$1')
    .replace(/[?&]+(?=#|$)/, '')
}

function writeImage(node: Element, images: ImageTally): string {
  const alt = (node.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()
  const equation = node.getAttribute('data-equation-content') ?? /^LaTeX:\s*(.+)$/.exec(alt)?.[1]
  if (equation !== undefined && equation !== '') return `$${decodeTwice(equation)}$`
  images.unread += 1
  return alt === '' ? '' : `[picture: ${alt}]`
}

/** Canvas has stored equations with their entities escaped a second time. */
function decodeTwice(latex: string): string {
  return latex
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}

function writeEmbedded(node: Element): string {
  const title = node.getAttribute('title') ?? node.getAttribute('aria-label') ?? 'embedded content'
  const source = node.getAttribute('src') ?? ''
  return SHOWN_SCHEME.test(source) ? `[${title}] (${cleanUrl(source)})` : `[${title}]`
}
