import type { Modality } from './modality.ts'

const UNWANTED =
  /^(?:i|we)(?:'d| would)? (?:really )?(?:do not|don't|won't|will not|cannot|can't) (?:want|accept|take|read|mark|grade|allow|like to see|expect|give|grant|open)\b/iu
const WANTED =
  /^(?:i|we)(?:'d| would|'ll| will| do)?(?: also| always)? (?:want|expect|require|insist|ask (?:you|that|for|every|all)|like (?:you|to see|your)|look for|am looking for|are looking for|need (?:you|your|to see))\b/iu
const SUGGESTED =
  /^(?:i|we)(?:'d| would)?(?: strongly| highly| also)? (?:recommend|suggest|encourage|advise|urge|prefer|discourage)\b|^(?:i|we) should be able to\b/iu
const TAKES_OFF =
  /^(?:(?:after|from) (?:that|then),? )?(?:i|we)(?: will|'ll)? (?:take off|deduct|subtract|dock|remove)\b/iu

/** What an instructor wants, in the first person: `I expect`, `we do not accept`; null for anything else they say of themselves. */
export function readWish(whole: string): Modality | null {
  const clause = whole.replace(/^(?:after|before|from)\b[^,]{1,30}? (?=(?:i|we)\b)/iu, '')
  if (UNWANTED.test(clause)) return 'must_not'
  if (TAKES_OFF.test(clause) || WANTED.test(clause)) return 'must'
  return SUGGESTED.test(clause) ? 'should' : null
}
