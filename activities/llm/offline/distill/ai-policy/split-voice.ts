const PREPOSED =
  /^(?<exception>(?:unless|except|with the exception of|apart from|aside from|other than)\b[^,]{3,80}), (?<rest>.+)$/iu
// "Before you write, …" says when; what is allowed then stands behind it.
const FRONTED =
  /^(?:before|once|after|when(?:ever)?|until|while|as soon as|since|because|if you (?:do not|are|get|have|cannot|need))\b(?![^,]*\bAI\b)[^,]{3,90}, /iu
const SEAM =
  /;\s*|\s[–—-]\s|,? but (?!not? for\b)|,? (?:while|whereas|although|though) |, (?:however|yet),? |[.!?]\s+(?=\p{Lu})|,? and (?=(?:you |students |AI |it |they )?(?:may|must|can|cannot|should)\b)|,? and (?=(?:do not|don't|never|not|no)\b)|, (?=(?:not|never) )|, (?=[^,;]{3,60}\b(?:is|are|may|can|must) not\b)|,? and (?=(?:not )?(?:prohibited|forbidden|permitted|allowed)\b)|,? so (?=(?:please|do|you|use)\b)/u

/** A sentence cut where a new force may begin; an exception in front of a rule is told behind it. */
export function splitVoice(sentence: string): readonly string[] {
  const { exception, rest } = PREPOSED.exec(sentence)?.groups ?? {}
  const told =
    exception === undefined || rest === undefined ? sentence : `${rest.replace(/[.!]$/u, '')}, ${exception}`
  return told
    .replace(FRONTED, '')
    .split(SEAM)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
}

const LABEL = /^(?<label>[^:|]{2,60}):\s+(?<rest>\S.*)$/su

/** What stands before a colon and what it introduces; null without one. */
export function splitLabel(sentence: string): { readonly label: string; readonly rest: string } | null {
  const { label, rest } = LABEL.exec(sentence)?.groups ?? {}
  return label === undefined || rest === undefined ? null : { label, rest }
}
