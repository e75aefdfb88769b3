import type { Span } from '../text/view.ts'
import { startsWithCommand } from './read-command.ts'

// What no brief commands, but may ask of a thing: `The report must be typed and have a title page`.
const BARE_VERB = /^(?:have|be|contain) /iu
const OBLIGED =
  /^(?<subject>(?!(?:you|we|i|it|they|he|she|this|that|these|those|there|students?|everyone|everybody|if|when|whenever|unless|because|since|as|although|while|once|before|after|to)\b)(?:(?!\b(?:you|we|i|who|that|which)\b)[^,;:]){2,60}? (?:must|shall|should|has to|have to|needs? to)) (?:also )?\p{L}/iu

/**
 * Whom the second of two demands binds, as said before the first: in `Rust code must pass clippy and contain no unsafe
 * block` both bind Rust code; null where the second speaks for itself.
 */
export function sharedSubject(sentence: string, previous: Span | null, own: Span): string | null {
  if (previous === null || !/^\s+and\s+$/u.test(sentence.slice(previous.end, own.start))) return null
  const subject = OBLIGED.exec(sentence.slice(previous.start, previous.end))?.groups?.['subject'] ?? null
  const said = sentence.slice(own.start, own.end)
  return startsWithCommand(said) || BARE_VERB.test(said) ? subject : null
}
