import { startsWithCommand, stripLead } from '../read-command.ts'

// All of this reads text in which every AI tool is called `AI`.
const FRONT =
  /^(?:(?:in|for|on|at|during|with) [^,]{1,50}, |please |then |finally |first,? |next,? |you (?=\p{L}))+/iu
// Commands that are about tools rather than about what the work says.
const OF_TOOLS =
  /^(?:use|utili[sz]e|ask|consult|let|have|try|employ|keep|mark|flag|put|leave|stay|turn|generate|cite|acknowledge|disclose|document|credit|attach|append|include|label|list|add|submit|copy|paste|work|be|state|tell|name|note|(?:report|say|describe|explain) (?:how|which)|say|do not|don't|learn|check|take)$/iu
const MAKES_AI = /^(?:fine-tune|train|build|deploy|extend|program) (?:\w+ ){0,3}AI\b/iu
const MEANS =
  /^(?:(?!\b(?:how|whether|why|which|who|whom|what|that|when)\b).)*\b(?:with(?:out)?|using|unaided by|by means of)\b[^.;]{0,40}\bAI\b/iu
const RULED =
  /^(?:(?!\b(?:how|whether|why|which|who|whom|what|that|when)\b).)*\bAI\b[^.;]*\b(?:is|are) (?:not |strictly )?(?:permitted|allowed|acceptable|fine|okay|ok|prohibited|forbidden|banned)\b/iu
const OTHERS =
  /\b(?:compan(?:y|ies)|firms?|hospitals?|nurses|instructors?|graders?|people|those|(?<!students |student |anyone |those |everyone )who|that|which|schools|universities|teachers|farmers|users|society|doctors|lawyers|artists|writers|we|scientists|researchers|business(?:es)?|governments?|states|countries)(?: \w+)? (?:(?:can|may|should|could|might|will|would) )?(?:us(?:e|es|ed|ing)|forbid|ban|allow|(?:talk|speak|react|respond|adapt)\w* (?:to|with|about)) AI\b|\b(?:I|we) (?:study|research|teach|work on)\b|\bAI is used\b|\b(?:should|would) (?:\w+ )?(?:ban|forbid|prohibit|allow|regulate) AI\b/iu
const ELSEWHERE =
  /\b(?:some|other|many|most) (?:instructors|courses|classes|professors|teachers|departments|universities)\b|^(?:course |learning )?(?:goals?|objectives?|outcomes?)\b|\b(?:how|when|whether|why|where) (?:\w+ ){0,2}?(?:AI|it) (?:\w+ )?(?:may|should|can|must|works?)\b/iu
const REPORTED =
  /\b(?:critics|some|others|scholars|many|experts|people|authors?|proponents|opponents)\b[^.;]{0,20}\b(?:say|argue|claim|think|believe|hold)s?\b/iu
const PRODUCT =
  /\b(?:your|each|this|the) (?:\w+ )?(?:app(?:lication)?|program|web ?site|site|system|implementation|script|game|agent|library) (?:may|must|can|should|shall|will)\b/iu

/** Whether a sentence begins with a command about what the work is to say or be. */
function commandsContent(sentence: string): boolean {
  const told = sentence.replace(FRONT, '')
  const first = /^[\p{L}'-]+(?: (?:how|which|not))?/u.exec(stripLead(told))?.[0] ?? ''
  return (startsWithCommand(told) || MAKES_AI.test(told)) && !OF_TOOLS.test(first)
}

/** Whether a sentence has AI for its topic rather than for a tool of the student. */
export function isAboutAi(sentence: string): boolean {
  const isQuestion = /^[^:]*\?["”’)]*$/u.test(sentence)
  if (isQuestion || [OTHERS, ELSEWHERE, REPORTED, PRODUCT].some((form) => form.test(sentence))) return true
  return commandsContent(sentence) && !MEANS.test(sentence) && !RULED.test(sentence)
}
