import { baseVerb, isCommandVerb } from './verbs.ts'

// "The report is a short paper of 8 to 12 pages" sets its length.
const LENGTH_SET =
  /^(?:the|your|each|every|all)? ?(?:[\p{L}-]+ ){0,2}(?:essays?|papers?|reports?|talks?|presentations?|episodes?|memos?|proposals?|posts?|outlines?|abstracts?|posters?|reflections?|drafts?|summar(?:y|ies)|introductions?|conclusions?|responses?|repl(?:y|ies)|annotations?|entr(?:y|ies)|answers?|sections?|statements?|reviews?|document) (?:is|are|will (?:be|last|run|take)|has|have|runs?|should run|lasts?)\b[^.;]*(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)) (?:an? )?(?:words?|pages?|minutes?|slides?|sides?)\b/iu
const LENGTH_FIRST =
  /^\d[\d,]*(?:\s?[–-]\s?\d[\d,]*)? (?:words|pages|minutes|slides) (?:is|are) (?:about right|enough|plenty|expected|the (?:limit|maximum|minimum|target|norm))\b/iu
const GIVEN =
  /^you (?:have|get|are given) (?:about |up to |exactly )?(?:\d+|\p{L}+)(?: to \p{L}+)? (?:minutes|seconds|slides|pages)\b/iu

// "You write a report" sets a task in the present tense; "you get" or "you find" tells of one.
const NOW =
  /^(?:(?:as|after|before|in|during|for|at|on|to|with|from|by|when)\b[^,]{1,70}?,? )?you (?:also |then |each )?(?<verb>[\p{L}-]+)(?! to\b)/iu
const ALSO = /^you (?:also|then|each|all) (?<verb>[\p{L}-]+)/iu
const LOOSE_VERB =
  /^(?:find|get|give|hold|plan|see|start|begin|read|set|put|ask|tell|offer|study|stop|use|turn|watch|learn|come|go|speak|look|work|enter|leave|prefer|mind|wear|rely|walk|pay|play|grade|quote|like|agree)$/u
const EACH =
  /^(?:(?:after|before|during|at|in) (?:the|your|each|every) [\p{L}-]+(?: [\p{L}-]+)?,? )?(?:(?:everybody|everyone)|(?:each|every|one|only one|at least one) (?:student|member|group|team|person|participant|pair|author|partner|one|of (?:you|them))(?: (?:of|in|on|from) (?:each|the|your|every) (?:group|team|pair))?)(?: also| then)? (?<verb>[\p{L}]+)/iu
const SINGLE =
  /\b(?:this|it|that) is an? (?:\p{L}+ )?(?:individual|group|team|pair|solo) (?:\p{L}+ )?(?:assignment|project|piece|task|effort|work|exercise)\b/iu
const GROUP_FIRST = /^(?:working )?in (?:groups?|teams?|pairs)\b/iu

function verbOf(form: RegExp, clause: string): string {
  return form.exec(clause)?.groups?.['verb']?.toLowerCase() ?? ''
}

/** Whether a clause tells what the student will do, or how long the work is, as a matter of course: `You will write …`. */
export function isDuty(clause: string): boolean {
  if (LENGTH_SET.test(clause) || LENGTH_FIRST.test(clause) || GIVEN.test(clause) || SINGLE.test(clause))
    return true
  if (GROUP_FIRST.test(clause)) return true
  const will = verbOf(/\byou(?:'ll| will) (?:also |then |each |first |need to )?(?<verb>[\p{L}-]+)/iu, clause)
  if (isCommandVerb(will) && will !== 'get') return true
  const now = verbOf(NOW, clause)
  if (isCommandVerb(now) && !LOOSE_VERB.test(now)) return true
  return isCommandVerb(verbOf(ALSO, clause)) || baseVerb(verbOf(EACH, clause)) !== null
}
