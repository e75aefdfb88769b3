import type { Quantity } from '../../../contract/requirements.ts'

/** A count as far as it is sure: what counts by any reading of the rule, and what may count at the most. */
export interface Range {
  readonly least: number
  readonly most: number
}

/** What a quantity asks for, what it lets pass for certain, and outside what it certainly does no longer. */
export interface Bounds {
  readonly asked: Range
  readonly kept: Range
  readonly broken: Range
}

export type Held = 'kept' | 'below' | 'above' | 'unsure'

const SLACK = 0.1
const WIDE = 0.2
const COSTS =
  /\b(?:penal|deduct|los(?:e|ing)|marked down|returned|not (?:be )?(?:read|accepted|graded)|rejected|unread|fail)/iu
const OVER =
  /(?<!\b(?:no|not|never|without|be)\s)\b(?:over|more than|exceed(?:s|ing)?|above|longer than|beyond)\s$/iu
const UNDER = /(?<!\b(?:no|not|never)\s)\b(?:under|less than|fewer than|below|shorter than)\s$/iu

/** The bound as its sentence means it: "essays over 2,000 words lose marks" lets 2,000 pass and no more. */
function meantBound({ text, bound }: Quantity, statement: string): Quantity['bound'] {
  const before = statement.slice(0, Math.max(0, statement.indexOf(text)))
  if (!COSTS.test(statement)) return bound
  if (OVER.test(before)) return 'at_most'
  return UNDER.test(before) ? 'at_least' : bound
}

/** The bounds of a quantity; a plain number is met a tenth either way, and surely missed by more than a fifth. */
export function boundsOf(quantity: Quantity, statement: string): Bounds {
  const { value, upper } = quantity
  const firm = (least: number, most: number): Bounds => {
    const range = { least, most }
    return { asked: range, kept: range, broken: range }
  }
  switch (meantBound(quantity, statement)) {
    case 'at_least':
      return firm(value, Number.POSITIVE_INFINITY)
    case 'at_most':
      return firm(0, value)
    case 'range':
      return firm(value, upper ?? value)
    default: {
      if (/\bexact(?:ly)?\b/iu.test(statement)) return firm(value, value)
      // A tenth of five pages is no page.
      const slack = Math.floor(value * SLACK)
      const wide = Math.ceil(value * WIDE)
      return {
        asked: { least: value, most: value },
        kept: { least: value - slack, most: value + slack },
        broken: { least: value - wide, most: value + wide },
      }
    }
  }
}

/** Holds a count against bounds; `tolerance` is the share by which counters of this thing differ. */
export function holdCount({ least, most }: Range, { kept, broken }: Bounds, tolerance = 0): Held {
  if (least >= kept.least && most <= kept.most) return 'kept'
  if (most * (1 + tolerance) < broken.least) return 'below'
  if (least * (1 - tolerance) > broken.most) return 'above'
  return 'unsure'
}

const grouped = new Intl.NumberFormat('en-US')

/** A count as a person reads it: `1,800`. */
export function say(count: number): string {
  return grouped.format(count)
}

/** A count with its noun: `1 heading`, `2 headings`. */
export function sayMany(count: number, noun: string, plural = `${noun}s`): string {
  return `${say(count)} ${count === 1 ? noun : plural}`
}

/** What is asked for, with its noun: `at least 1,500 words`. */
export function sayAsked({ asked: { least, most } }: Bounds, unit: string): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${say(least)} ${unit}`
  if (least === 0) return `at most ${say(most)} ${unit}`
  return least === most ? `${say(least)} ${unit}` : `${say(least)} to ${say(most)} ${unit}`
}
