import type { Modality } from './modality.ts'
import { isBan } from './read-ban.ts'
import { isCutoff } from './read-cutoff.ts'
import { isUncounted } from './read-uncounted.ts'
import { startsWithCommand, stripLead } from './read-command.ts'
import { isDuty } from './read-duty.ts'
import { weighsGrade } from './read-penalty.ts'
import { saysEffort, saysWhatPrevails } from './read-standing.ts'
import { allowsTalk, isWayIn } from './read-way.ts'
import { readWish } from './read-wish.ts'

const FREED =
  /\b(?:need not|needn't|(?:do|does) not (?:need|have) to|don't (?:need|have) to|not required|no need (?:to|for)|not necessary|not needed|not mandatory|not compulsory|optional)\b/iu
const NO_RULE =
  /^start early\b|^first come\b|^note that\b|\b(?:not count|n't count|not be able|never (?:been|failed|the)|no (?:one|longer)(?= (?:else|knows|has|was|would))|there (?:is|are) no(?! (?:make|ext|exc|late|sec|re-?|cred))|has ever|have ever|should (?:see|find|notice|feel|know|already|have (?:received|seen|read))|must (?:have|be) been|can be found|may (?:be wondering|wonder|find that|have (?:noticed|heard|seen|learned)|notice|remember|want|recall|seem|already|feel|enjoy)|you (?:can|may|will|might|'ll|get to) (?:be able|expect|see|notice|receive|find|learn|discover|get|gain|enjoy|reach|contact|recall|remember|imagine|spend)|talk to (?:me|us|your|the (?:ta|tutor|instructor))|office hours|email me\b(?! (?:your|the|an?)\b)|contact (?:me|us|the|your)|let me know if|you will (?:not )?(?:be|have)\b|if you (?:have|are stuck|need))/iu
const COURTESY =
  /^(?:if|when(?:ever)?|should) (?:anything|something|there (?:is|are)|you(?:'re| are| have| get| need| want|'d like)?) (?:[\p{L}]+ )?(?:unclear|stuck|unsure|in doubt|confused|lost|questions?|trouble|problems?|difficulties|concerns?|help|struggling|not sure)\b/iu
const NEVER_A_RULE =
  /\b(?:do|does|did) not count\b|n't count\b|^(?:students|those|groups|anyone|everyone) who (?:must|have to|need to)\b|^(?:i|we) (?:should|will|do|can|am|have|could|would)\b(?! expect)/iu
const OUTSIDER =
  /^(?:i|we|they|he|she|it|this|that|these|those|most|many|some|past|previous|other|tutors|markers|recruiters|historians|servers|cities|our|my|there|students (?:often|sometimes|usually|frequently|tend|find|ask|have)|a good|good|as (?:i|we))\b/iu

const COMMANDED =
  /\b(?:must|shall|ha(?:ve|s) (?:got )?to|needs? to|(?<!^an? \p{L}+ )needs?(?! (?:help|more|to know|it|them|any|not|support)\b)|(?:is|are)(?: also| strictly)? (?:required|mandatory|compulsory|obligatory|(?:strictly )?individual(?:ly)?|to be|expected|due)|(?:are|is|'re) (?:required|expected|supposed|asked) to|required to|we expect(?: to see)?|i expect|(?:is|are) the (?:minimum|maximum|limit)|the (?:minimum|maximum|limit) is(?= (?:\d|one\b|two\b|three\b|four\b|five\b|six\b|eight\b|ten\b))|may be (?:at most|no (?:more|longer|larger|bigger) than)|requires?|(?:you|students|groups) are to|it is (?:essential|important|necessary|required) that)\b/iu
const ADVISED =
  /\b(?:should|ought to|recommend(?:ed)?|encouraged?|discouraged|advised|advisable|try to|ideally|aim (?:to|for)|preferabl[ey]|preferred|we suggest|it is best|strive|good idea)\b/iu
const ALLOWED =
  /(?:^(?:can|may)\s|\b(?:(?:you|students|groups|teams|authors|they|extensions?|[\p{L}]{1,30}s) (?:may|can|could)(?: also)?|(?:may|can) (?:also )?be (?!found|seen|reached|obtained|downloaded|viewed|accessed|read|heard|expected|difficult|hard|tempting)(?:[\p{L}-]+ed|written|chosen|done|taken|made|spent|sent|drawn|given|shown|any|in|either)\b|feel free|free to|(?:is|are|'re) (?:most |very |always |more than )?welcome|permitted|allowed|acceptable|accepted|tolerated|(?:is|are) automatic\b|^you have (?:an?|one|two|three|\d+)\b[^.;]*\b(?:pass(?:es)?|extensions?|late days?|grace|tokens?|skips?|attempts?|chances?)|(?:chatgpt|ai|(?:ai |language )?(?:tools?|models?)|software|translators?|dictionar(?:y|ies)) (?:may|can) (?:help|assist|support|be)|(?:is|are|'s|'re) (?:perfectly |also |absolutely )?(?:fine|ok|okay|optional)\b|at your discretion|up to you|your own (?:affair|business|choice)|go ahead|as (?:often as |much as |long as )?you (?:like|wish|want|please)|(?:bonus|extra credit) (?:points?|for))\b)/iu
const SHARE_OF =
  /\b\d+ ?(?:%|per ?cent) of (?:the|your)\b[^,;]{0,20}\b(?:grade|mark|module|course)\b|\bworth \d/iu

/** Whether a clause binds or frees the student and how strongly; null when it only tells, asks or describes. */
export function readModality(clause: string): Modality | null {
  if (COURTESY.test(clause)) return null
  const rest = stripLead(clause)
  if (isCutoff(rest)) return 'must'
  if (isUncounted(clause)) return 'must_not'
  if (saysEffort(clause)) return 'should'
  if (saysWhatPrevails(clause)) return 'must'
  const wish = readWish(rest)
  if (wish !== null) return wish
  if (NEVER_A_RULE.test(clause) || NEVER_A_RULE.test(rest)) return null
  // "Answer the question: does the plant change the water?" commands, for all its mark.
  const asks = /\?["”]?$/u.test(clause.trim()) && !(startsWithCommand(rest) && clause.includes(': '))
  if (asks || rest === '') return null
  if (FREED.test(clause)) {
    if (/\brecommended\b/iu.test(clause)) return 'should'
    return /\b(?:optional|not (?:required|mandatory|needed|compulsory))\b/iu.test(clause) ? 'may' : null
  }
  const banned = isBan(clause, rest)
  if (SHARE_OF.test(clause)) return 'must'
  if (
    NO_RULE.test(clause) &&
    !banned &&
    (!startsWithCommand(rest) || /^(?:start early|note that)\b/iu.test(rest))
  )
    return null
  if (banned)
    return /^(?:it|this|there)\b/iu.test(rest) && !/must|may not|no (?:make|ext|exc|late|re)/iu.test(clause)
      ? null
      : 'must_not'
  const isOutsider = OUTSIDER.test(rest)
  if (
    isOutsider &&
    !/\b(?:must|required|expect|should|worth|have to|has to|deduction|penalty|an? (?:individual|group) \p{L}+)\b/iu.test(
      clause,
    ) &&
    !/%.*\bof (?:the|your)\b/u.test(clause)
  )
    return null
  if (/\bas (?:much as |often as )?you (?:like|wish|want|please)\b|\bgo ahead\b/iu.test(clause)) return 'may'
  // "Discuss ideas with anybody" allows, "start with Section 4" advises.
  if (allowsTalk(rest)) return 'may'
  if (isWayIn(rest)) return 'should'
  if (startsWithCommand(rest)) return /^(?:consider|try|aim)\b/iu.test(rest) ? 'should' : 'must'
  if (COMMANDED.test(clause)) return 'must'
  if (ADVISED.test(clause)) return 'should'
  if (weighsGrade(clause)) return 'must'
  if (ALLOWED.test(clause)) return 'may'
  return isDuty(rest) || isDuty(clause) ? 'must' : null
}
