import { readDates, sameDay, withoutDates } from '../../../verify/read-dates.ts'
import { readNumbers, sameUse } from '../../../verify/read-numbers.ts'
import type { Claim, ClaimVerdict } from '../../port.ts'
import { withoutDoing, wordsBeyond } from './content-words.ts'
import { inUtc } from './in-utc.ts'
import { readModality } from './read-modality.ts'

type Judgement = Omit<ClaimVerdict, 'id'>

function judgeDates(claim: string, quote: string): Judgement | null {
  const quoted = readDates(quote)
  const foreign = readDates(claim).filter((date) => !quoted.some((other) => sameDay(date, other)))
  const [date] = foreign
  if (date === undefined) return null
  const verdict = quoted.length > 0 ? 'contradicted' : 'not_found'
  return { verdict, reason: `The date “${date.text}” does not stand in the quote.` }
}

function judgeNumbers(claim: string, quote: string): Judgement | null {
  const quoted = readNumbers(withoutDates(quote))
  const foreign = readNumbers(withoutDates(claim)).filter(
    (number) => !quoted.some((other) => sameUse(number, other)),
  )
  const [number] = foreign
  if (number === undefined) return null
  // Another number for the same unit speaks against the claim; no number at all says nothing.
  const rival = number.unit !== null && quoted.some(({ unit }) => unit === number.unit)
  return {
    verdict: rival ? 'contradicted' : 'not_found',
    reason: `The number “${number.text}” does not stand so in the quote.`,
  }
}

function judgeModality(claim: string, quote: string): Judgement | null {
  const claimed = readModality(claim)
  const quoted = readModality(quote)
  if (claimed === null || quoted === null || claimed === quoted) return null
  return {
    verdict: 'contradicted',
    reason: `The claim says ${claimed.replace('_', ' ')}, the quote says ${quoted.replace('_', ' ')}.`,
  }
}

function judgeWords(claim: string, quote: string): Judgement | null {
  const foreign = wordsBeyond(withoutDoing(withoutDates(claim)), quote)
  if (foreign.length === 0) return null
  return {
    verdict: 'not_found',
    reason: `Not in the quote: ${foreign.map((word) => `“${word}”`).join(', ')}.`,
  }
}

function judge({ id, claim: said, quote }: Claim): ClaimVerdict {
  const claim = inUtc(said)
  const words = judgeWords(claim, quote)
  const against =
    judgeNumbers(claim, quote) ??
    judgeDates(claim, quote) ??
    (words === null ? judgeModality(claim, quote) : null)
  return {
    id,
    ...(against ??
      words ?? {
        verdict: 'entailed',
        reason: 'Every number, date and content word stands in the quote.',
      }),
  }
}

/** Judges claims by rules alone: entailed only when every number, date and content word of the claim is in its quote. */
export function judgeOffline(claims: readonly Claim[]): readonly ClaimVerdict[] {
  return claims.map(judge)
}
