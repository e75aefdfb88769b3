export type Colour = readonly [red: number, green: number, blue: number]

const NAMED: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255],
  black: [0, 0, 0],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  ghostwhite: [248, 248, 255],
  whitesmoke: [245, 245, 245],
  floralwhite: [255, 250, 240],
}
const HEX =
  /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?)$/
const RGB = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/
const CLEAR = /^(?:transparent|rgba?\(.*[,/]\s*0?\.?0+%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00)$/
const INDISTINCT = 12

/** Reads a CSS colour (CSS Color 4: hex, rgb() and the near-white names); null for what it does not know. */
export function readColour(css: string): Colour | null {
  const named = NAMED[css]
  if (named !== undefined) return named
  const hex = HEX.exec(css)?.slice(1).filter(Boolean)
  if (hex !== undefined) {
    const [red = 0, green = 0, blue = 0] = hex.map((part) =>
      parseInt(part.length === 1 ? part + part : part, 16),
    )
    return [red, green, blue]
  }
  const rgb = RGB.exec(css)
  return rgb === null ? null : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])]
}

/** Whether a CSS colour paints nothing. */
export function isTransparent(css: string): boolean {
  return CLEAR.test(css)
}

/** Whether an eye cannot tell two colours apart. */
export function looksSame(a: Colour | null, b: Colour | null): boolean {
  if (a === null || b === null) return false
  return a.every((channel, index) => Math.abs(channel - (b[index] ?? 0)) <= INDISTINCT)
}
