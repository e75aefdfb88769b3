// All of this reads text in which every AI tool is called `AI`.
const CONTENT =
  /^(?:(?:in|for|on|at|during) [^,]{1,50}, |please |then |finally |first,? |next,? )*(?:write|discuss|explain|describe|analy[sz]e|compare|contrast|evaluate|assess|argue|choose|select|pick|design|build|implement|train|fine-tune|program|deploy|interview|prepare|present|summari[sz]e|watch|read|explore|examine|reflect|research|investigate|debate|review|develop|report|consider|imagine|study|survey|see|answer|complete|create)\b/iu
const MEANS =
  /^(?:(?!\b(?:how|whether|why|which|who|whom|what|that|when)\b).)*\b(?:with(?:out)?|using|unaided by|by means of)\b[^.;]{0,40}\bAI\b/iu
const OTHERS =
  /\b(?:compan(?:y|ies)|firms?|hospitals?|people|those|who|that|which|schools|teachers|farmers|users|society|doctors|artists|writers|we|scientists|researchers|business(?:es)?|governments?|states|countries)(?: \w+)? (?:(?:can|may|should|could|might|will|would) )?us(?:e|es|ed|ing) AI\b/iu
const PRODUCT =
  /\b(?:your|each|this|the) (?:\w+ )?(?:app(?:lication)?|program|web ?site|site|system|implementation|script|game|agent|library) (?:may|must|can|should|shall|will)\b/iu

/** Whether a sentence has AI for its topic rather than for a tool of the student. */
export function isAboutAi(sentence: string): boolean {
  if (/^[^:]*\?["”’)]*$/u.test(sentence) || OTHERS.test(sentence) || PRODUCT.test(sentence)) return true
  return CONTENT.test(sentence) && !MEANS.test(sentence)
}
