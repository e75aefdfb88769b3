import { isComment, isElement, isText, textBelow, type DomNode } from './dom.ts'
import { LONGEST_UNSEEN } from './unseen.ts'

const ATTRIBUTES = [
  'title',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'summary',
  'content',
  'placeholder',
  'value',
]
// Elements a browser keeps to itself, scripts and styles aside, which hold no sentences.
const KEPT_BACK = new Set(['template', 'noscript', 'title', 'object', 'select', 'svg', 'textarea'])

// Their titles are told in the place of what they embed.
const SHOWN = new Set(['iframe', 'video', 'audio', 'embed'])

/** Texts of a page that no reader sees: comments, attributes that only show on hovering, elements kept back. */
export function collectUnseen(roots: readonly DomNode[]): string[] {
  const found: string[] = []
  const stack = roots.toReversed()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (isText(next)) continue
    if (isComment(next)) found.push(next.data)
    if (!isElement(next)) continue
    if (!SHOWN.has(next.name)) for (const name of ATTRIBUTES) found.push(next.attribs[name] ?? '')
    if (KEPT_BACK.has(next.name)) found.push(textBelow(next, LONGEST_UNSEEN))
    stack.push(...next.children.toReversed())
  }
  return found
}
