// Enough to tell a sentence from a bare phrase: the forms of be, have and do, and the modals.
const VERB =
  /\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|should|takes?|took|asks?|asked|contains?|began|lost|shows?|said|says|makes?|made|gives?|gave|ran|uses?|used|holds?|spends?|spent|measured|read|i|we|you|they|it)\b|n['’]t\b/iu

/** Whether a phrase holds a verb of its own; what it only says of a thing with `that` or `which` does not count. */
export function hasVerb(text: string): boolean {
  const own = text
    .replace(/\b(?:that|which|who|what|how|why|where)\b.*$/isu, '')
    .replaceAll(/\b(?:for|to|with|by|from|of|about) (?:you|it|them|us|me)\b/giu, ' ')
    .replaceAll(/\byou (?:like|want|choose|wish|prefer|need)\b/giu, ' ')
  return VERB.test(own)
}
