const STRONG =
  /\b(?:cit(?:e|ed)|acknowledg(?:e|ed)|disclos(?:e|ed)|declar(?:e|ed)|attribut(?:e|ed)|(?:give|gives|given) credit|credited|document(?:ed)?|label(?:led|ed)?|footnoted?)\b/iu
const PAIR =
  /\b(?:add|attach|append|include|list|state|tell (?:me|us)|report|note|describe|name|indicate|submit|keep|hand in|provide|log|record|give|mark|flag)\b[^.;]{0,60}\b(?:which tools?|the tools?|these passages|use of AI|prompts?|transcripts?|conversations?|chats?|statements?|note|appendi(?:x|ces)|footnotes?|cover sheet|how you used|both|version(?:s)?|log)\b/iu
const SAY_HOW =
  /\bsay (?:so|how|where|which|what)\b|\b(?:describe|explain|report|state|record) (?:how|where|which|what)\b[^.;]{0,30}\b(?:us(?:e|ed|es|ing)|AI was|tools?|employed|helped)\b/iu
const FREED =
  /\b(?:not|n't|never|no need to)\b[^.;]{0,20}\b(?:cit|acknowledg|disclos|declar|attribut|credit|document|label)/iu

/** Whether a sentence that speaks of AI asks the student to cite, disclose or document its use. */
export function asksToDisclose(sentence: string): boolean {
  return (STRONG.test(sentence) || PAIR.test(sentence) || SAY_HOW.test(sentence)) && !FREED.test(sentence)
}
