/** What a part of a brief is for, as far as its heading says. */
export type SectionRole = 'outcomes' | 'background' | 'tips' | 'grading' | 'demands' | 'caption' | 'unknown'

const ROLES: readonly (readonly [SectionRole, RegExp])[] = [
  [
    'outcomes',
    /\b(?:learning (?:goals|objectives|outcomes|targets)|objectives|outcomes|you will learn|skills)\b/iu,
  ],
  [
    'demands',
    /\b(?:requirements?|instructions?|tasks?|(?:ground )?rules|late|polic(?:y|ies)|tests?|analysis|report|field ?work|measurements?|what (?:you |to |we )(?:do|submit|include|hand|produce|need|turn|must)|what you produce|deliverables?|format(?:ting)?|submission|submitting|hand(?:ing)?[- ]in|specifications?|guidelines|checklist|structure|sources|citations?|length|steps|procedure|slides|handout|quality|repository|nuts and bolts|your sources|safety|rules|deliver|specs?|\bAI\b|generative|integrity|honesty|misconduct|conduct|collaboration|working together|subject|topic|sections|what (?:your|the|a) [\p{L} ]+ (?:must|should|needs|will|has|does|do)|what i (?:look for|want|expect)|to do)\b/iu,
  ],
  [
    'grading',
    /\b(?:grading|grades?|graded|rubric|assessment|evaluation|marking|marks?|marked|points?|scoring|how i (?:read|grade|mark)|criteria|weight(?:s|ing)?)\b/iu,
  ],
  [
    'tips',
    /\b(?:tips|hints|advice|suggestions|help|faq|getting help|what happens next|resources|further reading|support)\b/iu,
  ],
  [
    'background',
    /\b(?:background|overview|context|motivation|about|why|rationale|scenario|purpose|examples?|contact|instructor|welcome)\b/iu,
  ],
]

/** The role of the innermost heading that tells one, from the titles above a block. */
export function sectionRole(path: readonly string[]): SectionRole {
  for (const named of [...path].reverse()) {
    // "Part 1: Explore (5 points)" is no part on points.
    const title = named.replaceAll(/\([^)]*\)/gu, ' ')
    const found = ROLES.find(([, form]) => form.test(title))
    if (found !== undefined) return found[0]
  }
  return 'unknown'
}
