import { formatAmount, parseAmount, type Amount } from './scaffold/amount.ts'

/** A component of an implementation plan: a part of the artefact, its share, and what it is for. */
export interface Component {
  readonly name: string
  readonly amount: Amount | null
  readonly purpose: string
}

const LONGEST_NAME = 80
// The last bracket before the first colon holds the share, if it holds one.
const WRITTEN = /^(?<name>[^:]{1,120}?)(?: \((?<amount>[^()]{1,40})\))?(?:: (?<purpose>.*))?$/s

/** `Opening (about 180 words): the question and why it matters`. */
export function writeComponent({ name, amount, purpose }: Component): string {
  const share = amount === null ? '' : ` (${formatAmount(amount)})`
  return `${name}${share}${purpose === '' ? '' : `: ${purpose}`}`
}

/** Reads a component of a plan, whoever wrote it: what has another form is its own name and purpose. */
export function readComponent(text: string): Component {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const found = WRITTEN.exec(line)?.groups
  const name = found?.['name']?.trim() ?? ''
  const amount = parseAmount(found?.['amount'] ?? '')
  if (name !== '' && name.length <= LONGEST_NAME && (amount !== null || found?.['amount'] === undefined))
    return { name, amount, purpose: found?.['purpose']?.trim() ?? '' }
  const short = line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 1).trimEnd()}…`
  return { name: short, amount: null, purpose: short === line ? '' : line }
}
