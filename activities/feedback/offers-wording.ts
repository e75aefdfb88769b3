const MAY = String.raw`(?:could|might|can|should|may)`
const PART = String.raw`(?:thesis(?: statement)?|sentence|opening|claim|title|conclusion|introduction|paragraph|hook|wording|phrasing|version|topic sentence|argument)`
const BETTER = String.raw`(?:better|stronger|clearer|possible|improved|revised|rewritten|suggested|sample|model|alternative|sharper|more \p{L}+)`
const OPENED = String.raw`[“"„«‘'\u0060]`

/** Turns of speech that hand over a wording. */
const REWRITE = new RegExp(
  [
    String.raw`\b(?:you|one|we) ${MAY} (?:also |instead |simply |then |for example |for instance )?(?:write|rephrase|reword|word it|phrase|open with|start with|begin with)\b`,
    String.raw`\b(?:you|one|we) ${MAY} (?:also |instead |simply |then )?(?:say|state|put|add|conclude|claim)(?: that\b|\s*[,:]| something like| ${OPENED})`,
    String.raw`\b(?:rewrite|rephrase|reword|replace|change|revise|turn|edit)\b[^.!?]{0,80}\b(?:as|to|with|by|into)\s*(?::|${OPENED})`,
    String.raw`(?<!\b(?:you|it|they|he|she|that|who|which|and) )\b(?:try|add|insert|write|say|perhaps|maybe|consider)[,:]?\s*${OPENED}`,
    String.raw`\b(?:consider|try) (?:writing|saying|phrasing|opening with|starting with|beginning with|something like)\b`,
    String.raw`\b${BETTER} ${PART}\b[^.!?]{0,40}(?:\bwould be\b|\bmight be\b|\bcould be\b|\bis\b|\breads?\b|:)`,
    String.raw`\b(?:the|your|this|that|a) ${PART} ${MAY} (?:read|say|become|begin|start|open|go|be that|be:)(?!\p{L})(?! (?:earlier|later|more|when|where|why|how|which|what|who)\b)`,
    String.raw`\bhere (?:is|['’]s) (?:a|an|one|my|the) ${BETTER}\b|\b(?:reads?|sounds?|works?) better (?:as|if you (?:write|say))\b`,
    String.raw`\bsomething like\s*[:,“"‘']|\balong the lines of\b`,
    String.raw`\binstead of ${OPENED}[^.!?]{1,200}(?:write|use|say|try)\b`,
    String.raw`\b(?:rewrite|rephrase|reword|change|revise|edit)\b[^.!?]{0,80}\b(?:to|so that it|and) (?:says?|states?|argues?|claims?|reads?)\b`,
    String.raw`(?:^|[.!?:]\s)(?:write|say|state|argue|claim|conclude|add) that\b`,
    String.raw`\b${BETTER} (?:rewrite|rewording|revision|formulation)\b`,
    String.raw`\b(?:use|try|add|insert|take|write) the following\b`,
    String.raw`\bfor (?:example|instance)\s*:\s*\p{L}[^?]*$`,
  ].join('|'),
  'iu',
)
/** What stands after a colon as a sentence of its own: `Consider: Trade decided it.` */
const AFTER_COLON =
  /\b(?:[Cc]onsider|[Tt]ry|[Pp]erhaps|[Mm]aybe|[Ii]nstead|[Bb]etter|[Ee]\.g\.|[Ff]or (?:example|instance)|[Rr]evis(?:ed|ion)|[Vv]ersion|[Rr]ewrite|[Tt]hesis|[Oo]pening|[Tt]itle|[Ss]uggestion|[Ll]ike(?: this)?)\s*:\s*\p{Lu}/u

/** Whether words hand a student a wording to take over, instead of asking or pointing. */
export function offersWording(words: string): boolean {
  return REWRITE.test(words) || AFTER_COLON.test(words)
}
