import { hasVerb } from './has-verb.ts'

const MOST_WORDS = 6
const LABEL = /^(?<label>\p{Lu}[^.:;!?]{2,60}):\s/u
const CASES =
  /\b(?:ill(?:ness)?|sick(?:ness)?|absen(?:ce|ces|t)|emergenc(?:y|ies)|accidents?|injur(?:y|ies)|bad weather|rain|storms?|snow|alarms?|delays?|clash(?:es)?|problems?|failures?|lost|broken|breakage|missing|no[- ]shows?|withdrawals?|drop-?outs?|difficult(?:y|ies)|power cuts?|ties?|disputes?|disagreements?|exceptions?|hardship|religious holidays?|travel|jury duty|quarantine|repeaters?|latecomers?)\b|^(?:in case of|in the (?:case|event) of|without|with no|no|for)\b/iu

/** Whether words without a verb name a case that may come about, as `Illness on the day` does. */
export function namesCase(words: string): boolean {
  const bare = words.replace(/\blost\b/giu, '')
  return words.split(/\s+/u).length <= MOST_WORDS && !hasVerb(bare) && CASES.test(words)
}

/** The case that a sentence names before its colon, which each clause behind it speaks of: `Illness on the day: tell us`; null where it names none. */
export function caseOf(sentence: string): string | null {
  const label = LABEL.exec(sentence)?.groups?.['label']
  return label !== undefined && namesCase(label) ? label : null
}
