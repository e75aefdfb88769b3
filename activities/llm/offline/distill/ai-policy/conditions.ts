const STRONG =
  /\b(?:cit(?:e|ed|ing|ation)|acknowledg(?:e|ed|ing|e?ment)|disclos(?:e|ed|ing|ure)|declar(?:e|ed|ing)|attribut(?:e|ed|ion)|(?:give|gives|given) credit|credited|document(?:ed|ing)?|label(?:led|ed)?|footnoted?)\b/iu
const PAIR =
  /\b(?:add|attach|append|include|list|state|tell (?:me|us)|report|note|describe|name|indicate|submit|keep|hand in|provide|log|record|give|mark|flag)\b[^.;]{0,60}\b(?:which tools?|(?:the|every|each) tools?|these passages|use of (?:AI|them|it)|prompts?|transcripts?|conversations?|chats?|statements?|note|appendi(?:x|ces)|footnotes?|cover sheet|how you used|both|versions?|log|paragraph|one sentence)\b/iu
const SAY_HOW =
  /\bsay (?:so|how|where|which|what)\b|\b(?:describe|explain|report|state|record|note)\b[^.;]{0,30}\b(?:how|where|which|what|whether)\b[^.;]{0,30}\b(?:us(?:e|ed|es|ing)|AI was|tools?|employed|helped|did for you)\b/iu
const FREED =
  /\b(?:not|n't|never|no need to)\b[^.;]{0,20}\b(?:cit|acknowledg|disclos|declar|attribut|credit|document|label)/iu

/** Where a sentence that speaks of AI asks the student to cite, disclose or document its use; null when it does not. */
export function findDisclosure(sentence: string): number | null {
  if (FREED.test(sentence)) return null
  const places = [STRONG, PAIR, SAY_HOW].flatMap((form) => form.exec(sentence)?.index ?? [])
  return places.length === 0 ? null : Math.min(...places)
}
