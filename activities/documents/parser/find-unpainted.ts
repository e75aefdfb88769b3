/** What a page paints, as pdf.js lists it: a number for each operation and its arguments. */
export interface OperatorList {
  readonly fnArray: ArrayLike<number>
  readonly argsArray: ArrayLike<unknown>
}

/** Text that a page sets and does not show, with its place in the page's own coordinates. */
export interface UnpaintedRun {
  readonly text: string
  readonly x: number
  readonly y: number
}

// The numbers of pdf.js (its OPS), of which the package that brings it exports no names.
const OPS = {
  setGState: 9,
  save: 10,
  restore: 11,
  transform: 12,
  beginText: 31,
  setLeading: 36,
  setFont: 37,
  setTextRenderingMode: 38,
  moveText: 40,
  setLeadingMoveText: 41,
  setTextMatrix: 42,
  nextLine: 43,
  showText: 44,
  setFillColorN: 55,
  setFillRGBColor: 59,
  shadingFill: 62,
  beginForm: 74,
  endForm: 75,
  constructPath: 91,
  setFillTransparent: 93,
} as const
const FILLS = new Set([22, 23, 24, 25, 26, 27])
const INVISIBLE_MODES = new Set([3, 7])
const NEARLY_WHITE = 0xf3
const NEARLY_CLEAR = 0.05

type Matrix = readonly [number, number, number, number, number, number]
const UNIT: Matrix = [1, 0, 0, 1, 0, 0]

interface Look {
  readonly matrix: Matrix
  readonly ink: 'white' | 'other'
  readonly clear: boolean
  readonly mode: number
}

interface Box {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
  readonly white: boolean
}

function numbers(value: unknown): readonly number[] {
  if (ArrayBuffer.isView(value) && value instanceof Float32Array) return [...value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : []
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function asMatrix(value: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(value)
  return [a, b, c, d, e, f]
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

function place([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

function isWhite(colour: unknown): boolean {
  if (typeof colour !== 'string' || !/^#[0-9a-f]{6}$/i.test(colour)) return false
  return [1, 3, 5].every((at) => Number.parseInt(colour.slice(at, at + 2), 16) >= NEARLY_WHITE)
}

/** The letters of a text operation; what moves between them is left out. */
function lettersOf(glyphs: unknown): string {
  if (!Array.isArray(glyphs)) return ''
  return glyphs
    .map((glyph: unknown) =>
      typeof glyph === 'object' && glyph !== null && 'unicode' in glyph ? String(glyph.unicode) : '',
    )
    .join('')
}

/** How opaque a graphics state makes what is filled, 0 to 1; null when it says nothing of it. */
function alphaOf(states: unknown): number | null {
  if (!Array.isArray(states)) return null
  const found = states.find((state: unknown) => Array.isArray(state) && state[0] === 'ca') as unknown
  const [, alpha] = Array.isArray(found) ? (found as readonly unknown[]) : []
  return typeof alpha === 'number' ? alpha : null
}

/** Follows what a page paints, as far as it decides whether its text can be seen. */
class Painter {
  readonly unpainted: UnpaintedRun[] = []
  readonly outside: UnpaintedRun[] = []
  private readonly view: readonly number[]
  private look: Look = { matrix: UNIT, ink: 'other', clear: false, mode: 0 }
  private readonly saved: Look[] = []
  private readonly boxes: Box[] = []
  private shaded = false
  private line: Matrix = UNIT
  private leading = 0
  private size = 0

  constructor(view: readonly number[]) {
    this.view = view
  }

  private fill(args: readonly unknown[]): void {
    if (!FILLS.has(numberOf(args[0])) || this.look.clear) return
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers(args[2])
    const corners = [
      [x1, y1],
      [x2, y1],
      [x1, y2],
      [x2, y2],
    ].map(([x = 0, y = 0]) => place(this.look.matrix, x, y))
    const xs = corners.map(([x]) => x)
    const ys = corners.map(([, y]) => y)
    this.boxes.push({
      left: Math.min(...xs),
      bottom: Math.min(...ys),
      right: Math.max(...xs),
      top: Math.max(...ys),
      white: this.look.ink === 'white',
    })
  }

  private isOnWhite(x: number, y: number): boolean {
    const under = this.boxes.findLast(
      ({ left, right, bottom, top }) => left <= x && x <= right && bottom <= y && y <= top,
    )
    return under?.white ?? !this.shaded
  }

  private isOutside(x: number, y: number, letters: number): boolean {
    const [left = 0, bottom = 0, right = 0, top = 0] = this.view
    // No letter is wider than it is high, whatever the font.
    const [scale] = this.look.matrix
    return x > right || y < bottom || y > top || x + Math.abs(scale) * letters * this.size < left
  }

  private show(glyphs: unknown): void {
    const { ink, clear, mode, matrix } = this.look
    const text = lettersOf(glyphs)
    const [x, y] = place(multiply(matrix, this.line), 0, 0)
    const isHidden = clear || INVISIBLE_MODES.has(mode)
    if (this.isOutside(x, y, text.length)) this.outside.push({ text, x, y })
    else if (isHidden || (ink === 'white' && this.isOnWhite(x, y))) this.unpainted.push({ text, x, y })
  }

  private move(x: number, y: number): void {
    this.line = multiply(this.line, [1, 0, 0, 1, x, y])
  }

  private save(): void {
    this.saved.push(this.look)
  }

  private restore(): void {
    this.look = this.saved.pop() ?? this.look
  }

  private setLook(change: Partial<Look>): void {
    this.look = { ...this.look, ...change }
  }

  private moveText(fn: number, args: readonly unknown[]): void {
    const [x = 0, y = 0] = numbers(args)
    if (fn === OPS.setLeading) this.leading = -x
    else if (fn === OPS.nextLine) this.move(0, this.leading)
    else if (fn === OPS.setTextMatrix) this.line = asMatrix(numbers(args[0]).length > 0 ? args[0] : args)
    else {
      if (fn === OPS.setLeadingMoveText) this.leading = y
      this.move(x, y)
    }
  }

  step(fn: number, args: readonly unknown[]): void {
    switch (fn) {
      case OPS.save:
        return this.save()
      case OPS.restore:
      case OPS.endForm:
        return this.restore()
      case OPS.transform:
        return this.setLook({ matrix: multiply(this.look.matrix, asMatrix(args)) })
      case OPS.beginForm:
        this.save()
        return this.setLook({ matrix: multiply(this.look.matrix, asMatrix(args[0])) })
      case OPS.setFillRGBColor:
        return this.setLook({ ink: isWhite(args[0]) ? 'white' : 'other', clear: false })
      case OPS.setFillColorN:
        return this.setLook({ ink: 'other', clear: false })
      case OPS.setFillTransparent:
        return this.setLook({ clear: true })
      case OPS.setGState: {
        const alpha = alphaOf(args[0])
        return alpha === null ? undefined : this.setLook({ clear: alpha < NEARLY_CLEAR })
      }
      case OPS.setTextRenderingMode:
        return this.setLook({ mode: numberOf(args[0]) })
      case OPS.shadingFill:
        this.shaded = true
        return undefined
      case OPS.constructPath:
        return this.fill(args)
      case OPS.beginText:
        this.line = UNIT
        return undefined
      case OPS.setFont:
        this.size = numberOf(args[1])
        return undefined
      case OPS.showText:
        return this.show(args[0])
      case OPS.setLeading:
      case OPS.moveText:
      case OPS.setLeadingMoveText:
      case OPS.setTextMatrix:
      case OPS.nextLine:
        return this.moveText(fn, args)
      default:
        return undefined
    }
  }
}

/** What a page sets and its reader does not see: text without paint, and text off the edges of its view. */
export interface UnseenOnPage {
  readonly unpainted: readonly UnpaintedRun[]
  readonly outside: readonly UnpaintedRun[]
}

/** The text of a page that is set in white on white, without paint or in a mode that shows nothing, or off its edges. */
export function findUnpainted({ fnArray, argsArray }: OperatorList, view: readonly number[]): UnseenOnPage {
  const painter = new Painter(view)
  for (let at = 0; at < fnArray.length; at += 1) {
    const args = argsArray[at]
    painter.step(fnArray[at] ?? 0, Array.isArray(args) ? args : [])
  }
  return painter
}
