import type { CheerioAPI } from 'cheerio/slim'

/** The node types of the parsed tree, named through cheerio, which is the package we depend on. */
type Root = ReturnType<CheerioAPI['root']>[number]
export type DomNode = Root['children'][number]
export type DomElement = Extract<DomNode, { attribs: unknown }>

/** Narrows a node to an element. */
export function isElement(node: DomNode): node is DomElement {
  return 'attribs' in node
}

/** Narrows a node to text (DOM: nodeType 3). */
export function isText(node: DomNode): node is Extract<DomNode, { nodeType: 3 }> {
  return node.nodeType === 3
}

/** The visible characters below a node, counted without recursion: trees can be deeper than the stack. */
export function countLetters(node: DomNode): number {
  let letters = 0
  const stack = [node]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (isText(next)) letters += next.data.replace(/[^\p{L}\p{N}]/gu, '').length
    else if ('children' in next) for (const child of next.children) stack.push(child)
  }
  return letters
}

/** The text below a node, cut at `max` characters; without recursion. */
export function textBelow(node: DomNode, max: number): string {
  const pieces: string[] = []
  let length = 0
  const stack = [node]
  for (let next = stack.pop(); next !== undefined && length < max; next = stack.pop()) {
    if (isText(next)) {
      pieces.push(next.data)
      length += next.data.length
    } else if ('children' in next) stack.push(...next.children.toReversed())
  }
  return pieces.join(' ').slice(0, max)
}

/** Whether a node is a comment (DOM: nodeType 8). */
export function isComment(node: DomNode): node is Extract<DomNode, { nodeType: 8 }> {
  return node.nodeType === 8
}

/** Empties an element in place; removing it would search its siblings each time. */
export function blankOut(element: DomElement): void {
  element.name = 'span'
  element.attribs = {}
  element.children = []
}
