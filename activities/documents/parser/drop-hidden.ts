import { blankOut, countLetters, isElement, isText, textBelow, type DomElement, type DomNode } from './dom.ts'
import { LONGEST_UNSEEN } from './unseen.ts'
import { isTransparent, looksSame, readColour, type Colour } from './read-colour.ts'

const NEVER_SHOWN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'title',
  'svg',
  'object',
  'select',
])
const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]

/** What of the look of an element its text inherits. */
interface Look {
  readonly tiny: boolean
  readonly invisible: boolean
  readonly clear: boolean
  readonly colour: Colour | null
  readonly background: Colour | null
}

const PAGE: Look = { tiny: false, invisible: false, clear: false, colour: BLACK, background: WHITE }

/** What style hid from the reader: how many letters, and how they begin. */
interface Hidden {
  readonly letters: number
  readonly text: string
}

/** Blanks out what a browser would not show and returns what was hidden from the reader by style. */
export function dropHidden(roots: readonly DomNode[]): Hidden {
  let letters = 0
  let text = ''
  const hide = (node: DomNode): void => {
    letters += countLetters(node)
    if (text.length < LONGEST_UNSEEN) text += `${textBelow(node, LONGEST_UNSEEN)} `
  }
  const stack = roots.map((node) => ({ node, look: PAGE }))
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, look } = next
    if (isText(node) && isUnseen(look)) {
      hide(node)
      node.data = ''
    }
    if (!isElement(node)) continue
    if (NEVER_SHOWN.has(node.name)) {
      blankOut(node)
      continue
    }
    const style = readStyle(node.attribs['style'] ?? '')
    if (isTakenOut(node, style)) {
      hide(node)
      blankOut(node)
      continue
    }
    const inner = inheritLook(look, node, style)
    for (const child of node.children) stack.push({ node: child, look: inner })
  }
  return { letters, text }
}

function isUnseen(look: Look): boolean {
  return look.tiny || look.invisible || look.clear || looksSame(look.colour, look.background)
}

type Style = ReadonlyMap<string, string>

function readStyle(css: string): Style {
  const style = new Map<string, string>()
  for (const declaration of css.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':')
    if (colon === -1) continue
    style.set(
      declaration.slice(0, colon).trim(),
      declaration
        .slice(colon + 1)
        .replace('!important', '')
        .trim(),
    )
  }
  return style
}

function isTakenOut(element: DomElement, style: Style): boolean {
  return (
    'hidden' in element.attribs ||
    style.get('display') === 'none' ||
    /^0*\.?0+%?$/.test(style.get('opacity') ?? '') ||
    /^-\d{4,}/.test(style.get('left') ?? style.get('text-indent') ?? style.get('top') ?? '') ||
    (style.get('overflow') === 'hidden' && (isNothing(style.get('height')) || isNothing(style.get('width'))))
  )
}

function isNothing(length: string | undefined): boolean {
  return (
    length !== undefined && /^[01]?(\.\d+)?(px|pt|em|rem|%)?$/.test(length) && Number.parseFloat(length) <= 1
  )
}

function inheritLook(look: Look, { attribs }: DomElement, style: Style): Look {
  const size = style.get('font-size')
  const visibility = style.get('visibility')
  const colour = style.get('color') ?? attribs['color']?.toLowerCase()
  const ground = style.get('background-color') ?? style.get('background') ?? attribs['bgcolor']?.toLowerCase()
  return {
    tiny: size === undefined ? look.tiny : isTiny(size),
    invisible:
      visibility === undefined ? look.invisible : visibility === 'hidden' || visibility === 'collapse',
    clear: colour === undefined ? look.clear : isTransparent(colour),
    colour: colour === undefined || colour === 'inherit' ? look.colour : readColour(colour),
    background: ground === undefined || isTransparent(ground) ? look.background : readColour(ground),
  }
}

function isTiny(size: string): boolean {
  const number = Number.parseFloat(size)
  if (Number.isNaN(number)) return false
  if (/r?em$/.test(size)) return number <= 0.1
  return size.endsWith('%') ? number <= 10 : number <= 1
}
