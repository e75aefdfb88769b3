const WHO = 'your instructor'

// Whom to write to, tell or give something: `write to me`, `hand us`, `Slides to me by noon`.
const TELLS = String.raw`(?:writ(?:e|ing) to|e-?mail(?:ing)?|contact(?:ing)?|ask(?:ing)?|tell(?:ing)?|notify(?:ing)?|inform(?:ing)?|messag(?:e|ing)|see|meet(?:ing)?|consult(?:ing)?|(?:talk|speak|come|go|report|turn|show it|hand it|give it|send it|bring it|submit it)(?:ing)? (?:to|with)|send(?:ing)?|giv(?:e|ing)|hand(?:ing)?|show(?:ing)?|let(?:ting)?(?= (?:me|us) (?:know|have)\b)|bring(?:ing)?|call)`
// "Tell us what you saw" speaks to the reader of the work.
const TO_WHOM = new RegExp(
  String.raw`\b(?<verb>${TELLS}) (?<whom>me|us)\b(?!,? (?:what|why|how|which|who|where|whether|that|about|a (?:story|joke))\b)`,
  'giu',
)
// `us` may be all who read: only a command asks to be told, and "what this source can tell us" is none.
const COMMANDS =
  /(?:^|[.;:,(] |\b(?:and|or|then|please|not|don['’]t|first|also|you|you (?:must|may|should|can|will)) )$/iu
const BY_WHOM =
  /\b(?<front>(?:to|from|by|with)(?= (?:me|us)(?: (?:by|before|at|in|on|for|first|beforehand|via|through)\b|[.;:)]|$))) (?:me|us)\b/giu
const MINE =
  /\bmy (?=(?:office|mail ?box|e-?mail|inbox|door|desk|consent|permission|approval|pigeon ?hole|feedback|comments|signature|lecture|course page)\b)/giu
const OURS = /\bour (?=(?:office|mail ?box|e-?mail|inbox|door|desk|consent|permission|approval)\b)/giu

const STOPS_READING =
  /^(?:I|we)(?: will|'ll|’ll)? stop (?<doing>reading|marking|grading|listening|watching) (?:at|after) (?<size>\d[\d,.]* [^,;.]*|\p{L}+ (?:words|pages|minutes|slides))$/iu
const AUXILIARY: Readonly<Record<string, string>> = { am: 'is', are: 'is', have: 'has', do: 'does' }
const MODAL = /^(?:will|would|can|could|may|might|must|shall|should|cannot|can't|won't|had|was|were|did)$/u
const TEACHES =
  "am|have|do|don['’]t|will|won['’]t|would|can|cannot|can['’]t|stop|read|grade|mark|print|collect|return|accept|provide|post|publish|expect|recommend|suggest|prefer|hand|send|assign|deduct|check|answer|give|take|hold|ask|want|look|keep|allow|announce|open|write|reply"
const HANDS_OUT =
  'give|post|publish|hand|send|assign|announce|print|collect|accept|grade|mark|provide|recommend|suggest|expect'
// `I` may be a current, an error of type I or the first World War: only what those who teach do is theirs.
const I_DO = new RegExp(
  String.raw`(?<=^|[,;:] |\(|(?:^|[\s(])(?:that|because|unless|until|when|if|as|after|before|and|but|so) |\p{Ll} (?=I [^.;]{0,8}\b(?:${HANDS_OUT})\b))I(?<gap> (?:also |only |always |never |usually |simply )?)(?<verb>(?:${TEACHES})(?![\p{L}'’]))`,
  'gu',
)
// `We` may also be writer and reader, so only what those who teach do is theirs.
const WE_DO =
  /(?<=^|[\p{Ll}\d,;:] |\()(?<!\b(?:what|why|how|which|as|than) )we(?<gap> (?:also |only |always |never |usually |simply )?)(?<verb>(?:stop|grade|mark|print|collect|return|accept|provide|post|publish|expect|recommend|suggest|prefer|hand out|send|assign|deduct|check)(?!\p{L}))/giu

function inThirdPerson(verb: string): string {
  const known = AUXILIARY[verb]
  if (known !== undefined) return known
  if (MODAL.test(verb) || /(?:ed|'d|'ve|'ll|’d|’ve|’ll)$/u.test(verb)) return verb
  if (/n['’]t$/u.test(verb)) return verb.replace(/^do(?=n)/u, 'does').replace(/^have(?=n)/u, 'has')
  if (/(?:s|sh|ch|x|z|o)$/u.test(verb)) return `${verb}es`
  return /[^aeiou]y$/u.test(verb) ? verb.replace(/y$/u, 'ies') : `${verb}s`
}

const QUOTED = /(“[^”]*”|"[^"]*")/u

function nameIn(words: string): string {
  return words
    .replace(TO_WHOM, (told, verb: string, whom: string, at: number) =>
      whom.toLowerCase() === 'us' && !COMMANDS.test(words.slice(0, at)) ? told : `${verb} ${WHO}`,
    )
    .replace(BY_WHOM, (_, front: string) => `${front} ${WHO}`)
    .replace(MINE, `${WHO}'s `)
    .replace(OURS, `${WHO}'s `)
    .replace(I_DO, (_, gap: string, verb: string) => `${WHO}${gap}${inThirdPerson(verb)}`)
    .replace(WE_DO, (_, gap: string, verb: string) => `${WHO}${gap}${inThirdPerson(verb.toLowerCase())}`)
}

/** A demand in the words of those who set it, said to the reader: `write to me` is `write to your instructor`. Quotations stay. */
export function nameInstructor(statement: string): string {
  const { doing, size } = STOPS_READING.exec(statement)?.groups ?? {}
  if (doing !== undefined && size !== undefined)
    return `Write at most ${size}: ${WHO} stops ${doing.toLowerCase()} there`
  const said = statement
    .split(QUOTED)
    .map((part, index) => (index % 2 === 0 ? nameIn(part) : part))
    .join('')
  return said.startsWith(WHO) ? `Y${said.slice(1)}` : said
}
