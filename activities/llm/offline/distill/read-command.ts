import { isCommandVerb, isNounToo } from './verbs.ts'

const LEADING =
  /^(?:(?:please|kindly|either(?= \p{Ll}+ (?:to|the|an?|your|it|them|us|me)\b)|then|next|finally|first|firstly|second|secondly|third|also|additionally|lastly|otherwise|now|instead|and|but|or|so|so that|just|simply|always|only|be sure to|make sure to|make sure (?:that )?you|ensure (?:that )?you|remember to|don't forget to|briefly|clearly|carefully|in addition|for example),?\s+)+/iu
const FRONTED =
  /^(?:(?:for|in|on|at(?! (?:least|most)\b)|below|above|after|before|when|if|once|with|to|from|under|within|throughout|during|whenever|wherever|using|based on|as|by|while|where|since|because|given|although|following|unless|until|along with|together with|working)\b(?:[^,:]|[,:](?=\d)|:(?=\S)){1,90}[,:]\s+)/iu
// "In the talk tell us …": a front without a comma ends where a command begins.
const BARE_FRONT =
  /^(?:in|for|at|on|after|before|with|during) (?:(?:the|your|this|that|each|every|an?) (?!(?:i|we|you|they|it|he|she)\b)[\p{L}-]+(?: [\p{L}-]+)??|[\w/-]+\.[a-z]{1,5}|(?:section|part|chapter|appendix|question|exercise|step|figure|table|week) (?:\d[\d.]*|[A-Z]\b)) (?=(?<verb>[\p{L}-]+) (?:the|your|an?|us|me|at|each|every|all|any|how|what|why|who|whether|that|it|them|one|two|three|\d))/iu
const FINITE =
  /^(?:is|are|was|were|isn't|aren't|must|should|may|might|can|cannot|can't|will|won't|shall|has|have|had|do|does|doesn't|don't|counts?|loses?|drops?|costs?|gets?|goes|takes?|needs?|becomes?|means?|receives?|fails?|earns?)$/iu
const OPENS_OBJECT =
  /^(?:the|an?|your|our|my|its|their|each|every|all|any|both|some|no|this|that|these|those|it|them|us|me|you|who|which|what|how|why|whether|where|when|if|as|to|in|on|at|by|for|from|with|into|\d\S*)$/iu

/** Words of a clause with courtesies, fronted phrases and connectors taken off the front. */
export function stripLead(clause: string): string {
  let rest = clause
    .replace(/^[\s"'“(*–—-]+/u, '')
    .replace(/^[A-Z]{1,3}\d{1,3}[.:)]?\s+(?=\p{L})/u, '')
    .replace(LEADING, '')
  const named = stripBareFront(rest)
  if (named !== null) return named
  const fronted = FRONTED.exec(rest)
  // What binds is no front: "After compact the directory must hold no old record, and …".
  if (fronted !== null && rest.length > fronted[0].length + 4 && !/\b(?:must|shall)\b/iu.test(fronted[0]))
    rest = rest.slice(fronted[0].length).replace(LEADING, '')
  return stripBareFront(rest) ?? rest
}

/** What follows a front without a comma, where a command begins; null when there is none. */
function stripBareFront(text: string): string | null {
  const bare = BARE_FRONT.exec(text)
  return bare !== null && isCommandVerb(bare.groups?.['verb']?.toLowerCase() ?? '')
    ? text.slice(bare[0].length)
    : null
}

/** Whether a word that may be a noun is one here: `Plot summary should …`, `Work turned in late loses …`. */
function namesThing(words: readonly string[]): boolean {
  const [first = '', ...others] = words
  if (!isNounToo(first.toLowerCase())) return false
  for (const word of others.slice(0, 7)) {
    if (FINITE.test(word)) return true
    if (OPENS_OBJECT.test(word) && !/^(?:in|on|by|from|with|at)$/iu.test(word)) return false
    if (/[,;:.]$/u.test(word)) return false
  }
  return false
}

function isTitleCase(words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.length < 8 &&
    words.every((word) => /^["“(]?\p{Lu}/u.test(word) || /^(?:of|and|the|for|in|to|a|on|&)$/u.test(word)) &&
    words.every((word) => !/\d|[.!]$/u.test(word))
  )
}

// Before a determiner stands a verb, unless it is one of these: `Tune the model`, but `Under the desk`.
const FUNCTION_WORD =
  /^(?:about|above|across|after|against|all|along|although|among|and|are|around|as|at|because|been|before|behind|being|below|beside|besides|between|beyond|both|but|by|can|could|despite|did|do|does|down|during|either|even|every|except|for|from|had|half|has|have|how|however|if|in|inside|into|is|its|just|like|may|merely|might|more|most|much|must|near|neither|nor|not|of|off|on|once|one|only|onto|or|our|out|outside|over|past|per|perhaps|plus|quite|rather|same|should|since|so|some|such|than|that|the|their|then|there|these|they|this|those|though|through|throughout|till|to|together|toward|towards|twice|under|unless|until|up|upon|via|was|we|were|what|whatever|when|whenever|where|whereas|whether|which|while|who|whom|whose|why|will|with|within|without|would|yet|you|your|here|now|today|also|still|often|never|no|nothing|none|zero|hi|hello|dear|welcome|thanks|congratulations|it|he|she|i|think|hope|enjoy|know|guess|wonder|imagine|remember|note)$/u
const DETERMINED =
  /^[\p{L}'’-]+ (?:the|an?|your|our|each|every|all|any|both|this|these|those|it|them|us|me|what|how|why|whether|at least|no more than|exactly) /iu

/** Whether an unknown word is a command by what stands after it: `Blot and mass them`, `Tune the model`. */
function looksLikeCommand(rest: string): boolean {
  const [first = ''] = rest.toLowerCase().match(/^[\p{L}][\p{L}'-]*/gu) ?? []
  if (first.length < 3 || FUNCTION_WORD.test(first) || /(?:s|ed|ing|ly|'t)$/u.test(first)) return false
  return DETERMINED.test(rest) || /^[\p{L}-]+ and [\p{L}-]+ (?:the|them|it|your|each|all) /iu.test(`${rest} `)
}

/** Whether a clause opens with a plain command such as `Write` or `double-space`. */
export function startsWithCommand(clause: string): boolean {
  const rest = stripLead(clause)
  const [first = '', second = ''] = rest.toLowerCase().match(/[\p{L}][\p{L}'-]*/gu) ?? []
  if (first.endsWith('ly') && !isCommandVerb(first)) return isCommandVerb(second)
  if (/^first come/iu.test(clause) || /^(?:double|single) spac(?:ing|ed)/iu.test(rest)) return false
  if (!isCommandVerb(first)) return looksLikeCommand(rest)
  const [, third = ''] = /^[\p{L}-]+ (?:and|or) (?<third>[\p{L}-]+)/iu.exec(rest) ?? []
  if (third !== '' && !isCommandVerb(third.toLowerCase())) return false
  const words = rest.split(/\s+/u)
  if (isNounToo(first) && (isTitleCase(words) || namesThing(words))) return false
  // "Review questions are …", "Report length:" and "Format: PDF" name things; a verb of their own gives them away.
  if (/^\S+[:,]/u.test(rest) || /^exit (?:code|status)\b/iu.test(rest)) return false
  return !/^(?:is|are|was|were|will|must|should|may|can|has|have|counts?|of|length)$/u.test(second)
}
