/** How much a part of a scaffold may take: words of text, or seconds of speaking. */
export interface Amount {
  readonly unit: 'words' | 'seconds'
  readonly value: number
}

const WORDS = /^(?:about )?(?<words>[\d,]+) words$/
const CLOCK = /^(?<minutes>\d{1,3}):(?<seconds>[0-5]\d)$/

/** `about 1,250 words`, or `1:30` for seconds. */
export function formatAmount({ unit, value }: Amount): string {
  if (unit === 'words') return `about ${value.toLocaleString('en-US')} words`
  return `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`
}

/** Reads an amount as it is written; null for anything else. */
export function parseAmount(text: string): Amount | null {
  const words = WORDS.exec(text.trim())?.groups?.['words']
  if (words !== undefined) return { unit: 'words', value: Number(words.replaceAll(',', '')) }
  const clock = CLOCK.exec(text.trim())?.groups
  if (clock === undefined) return null
  return { unit: 'seconds', value: Number(clock['minutes']) * 60 + Number(clock['seconds']) }
}
