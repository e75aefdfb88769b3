import type { AiLevel } from '../../../../../contract/ai-policy.ts'

/** What AI may be used for, from the least to the most. */
export const USES = ['ideas', 'outline', 'edit', 'feedback', 'write'] as const
export type Use = (typeof USES)[number]

const LEVEL_OF: { readonly [U in Use]: AiLevel } = { ideas: 2, outline: 3, edit: 4, feedback: 4, write: 5 }

/** The level that a use belongs to. */
export function levelOf(use: Use): AiLevel {
  return LEVEL_OF[use]
}

const IDEAS =
  /\b(?:brain-?storm\w*|ideas?|ideation|topics?|titles?|inspir\w+|explor\w+|(?:research )?questions?|background|overview|expla(?:in\w*|nations?)|clarif\w+|understand\w*|concepts?|definitions?|(?:a|the) terms?|learn\w*|study(?:ing)?|tutor\w*|quiz yourself|error messages?|look\w* (?:\w+ )?up|search\w*|literature|sources|getting started|get started|sparring|practi[cs]e|keywords|themes?|learning aid|passages)\b/iu
const OUTLINE =
  /\b(?:outlin\w+|structur\w+|organi[sz]\w+|plan(?:s|ning|ned)?|arrang\w+|pseudo-?code|story-?board\w*|table of contents|put \w+ \w+ in order)\b/iu
const EDIT =
  /\b(?:grammar|grammatical|spelling|spell-?check\w*|punctuation|proof-?read\w*|(?:copy-?)?edit(?:s|ing|ed|or)?|polish\w*|style|wording|phrasing|re-?phras\w+|english|language (?:tools?|check\w*)|improv\w+|revis\w+|reviews?|reviewing|debug\w*|translat\w+|refactor\w*|shorten\w*|check\w*|mistakes?|typos?|awkward|errors?(?! messages?)|clear(?:er|ly)|clarity|readab\w+|bugs?|correct(?:s|ing|ions?)?)\b/iu
const REMARKS =
  /\b(?:feedback|comments?|comment(?:ed|ing) on|critiqu\w+|critici[sz]\w+|suggestions? (?:on|about|to improve|for (?:improv|revis)\w+)|suggest\w* (?:changes|improvements|revisions|how)|unclear(?! (?:in|about) the (?:assignment|sheet|task|brief|instructions|readings?|lectures?|materials?)\b)|what is wrong|weak(?:nesses| (?:points|spots|passages))|(?:check|test|question|challenge)(?:s|ing)? (?:the |your |their )?(?:arguments?|reasoning|logic|claims))\b/iu
const REVIEW =
  /\b(?:code reviews?|reviews? of (?:an?|your|their)|(?:drafts?|text|essays?|papers?|code|work|reports?|it) reviewed|review(?:s|ing)? (?:code|(?:an?|your|their|the) (?!(?:course )?(?:literature|readings?|materials?|notes|sources|lectures?|slides|concepts|vocabulary|topics|field)\b)))/iu
const READING =
  /\b(?:read|assess|evaluat|rat|judg)(?:e|es|ing|s)? (?:through |over )?(?:an?|your|their) (?:own |finished |final |first |complete |rough )*(?:drafts?|text|essays?|papers?|work|writing|reports?|code)\b(?! (?:aloud|out))/iu
const WRITING =
  /\b(?:wr(?:ite[sr]?|iting|itten|ote)|(?:to |for |not |or |and |, )draft(?:ing)?|drafting|ghost-?writ\w+|generat\w+|produc\w+|compos\w+|creat\w+|answer\w*|solv(?:e|es|ing)|complet(?:e|es|ing)|author(?:ed|ing)|re-?writ\w+|paraphras\w+|do(?:es|ing)? (?:the|your) \w+|replac\w+|implement\w*|fix(?:es|ing)?)\b/iu
const PRODUCT =
  'prose|paragraphs?|sentences?|text|code|programs?|functions?|content|passages?|answers?|solutions?|proofs?|images?|essays?|papers?|reports?|summar(?:y|ies)|drafts?|references'
const FOR_PRODUCT = new RegExp(
  String.raw`\bfor (?!this\b|any\b|all\b|every\b|each\b)(?:\w+ ){0,2}(?:${PRODUCT})\b`,
  'iu',
)
const INTO_PRODUCT = new RegExp(String.raw`\binto (?:\w+ ){0,2}(?:${PRODUCT})\b`, 'iu')
const PRODUCTS = new RegExp(String.raw`\b(?:${PRODUCT})\b`, 'iu')

// "a draft that you have written yourself" is what is worked on, not what is asked for.
const WORKED_ON =
  /\b(?:(?:that|which)? ?you(?:'ve| have| had)? (?:\w+ ){0,2}(?:written|wrote|made|drafted|produced|submit|hand in)(?: (?:yourself|on your own))?|(?:on|of|in|through|for|from) (?:a|the|your|their|his|her|an?) (?:own |finished |final |first |complete |completed |rough )*(?:drafts?|writing|text|essay|paper|report|code|prose|work|argument|program)|(?:your|their|the|a) (?:own |finished |final |first |completed? |rough )+(?:drafts?|writing|text|essay|paper|report|code|prose|work|program))\b/giu
const REMARKS_ON = String.raw`\b(?:feedback|comments?|suggestions?|critiques?|reviews?) (?:only )?(?:on|about|of) (?:(?:the|your|their|an?|its) )?`
const OF_LANGUAGE =
  'grammar|spelling|punctuation|language|english|style|wording|phrasing|word choice|typos|mistakes|formatting'
const OF_THOUGHT =
  'ideas?|topics?|titles?|outlines?|structures?|plans?|(?:research )?questions?|proposals?|thesis(?: statements?)?'
// Remarks on the grammar or on an outline are no feedback on a text.
const ON_LESS = [OF_LANGUAGE, OF_THOUGHT].map(
  (words) =>
    new RegExp(
      String.raw`${REMARKS_ON}(?=(?:${words})(?:(?:, (?:and |or )?| and | or )(?:(?:on|about) )?(?:(?:the|your|their) )?(?:${words}))*(?:[.;:)]|$|,? (?:but|and|or) (?:not|to)\b| (?:in|of|for|before|only|at)\b|, (?:to|for)\b))`,
      'giu',
    ),
)
// "Feedback from your tutor" is not asked of a tool.
const OF_PEOPLE =
  /\b(?:(?:peer|tutor|instructor|teacher|my|our)(?:['’]s)? (?:feedback|comments?|reviews?)|(?:feedback|comments?|reviews?) (?:from|by) (?:me|us|your|the|a|other|another|peers?|classmates|fellow)\b)/giu
// What is written is an outline or a list of ideas.
const MADE_THOUGHT =
  /\b(?:generat|creat|produc|writ|draft|suggest|propos|compos)\w*(?: up)? (?:[\p{L}-]+ ){0,2}?(?=ideas?\b|topics?\b|titles?\b|questions?\b|outlines?\b|structures?\b|plans?\b)/giu

// What is studied or made, and no outline of the student's text: data structures, a lesson plan, an organisation.
const NO_OUTLINE =
  /\b(?:data|chemical|protein|molecular|crystal|file|folder|directory|control|sentence|social|power|cost) structures?\b|\b(?:lesson|business|floor|site|treatment|care|marketing|project|test|diet|training) plans?\b|\borgani[sz]ations?\b|(?<=\bwrite) or organi[sz]e\b/giu
// Comments in a program are a part of it.
const CODE_COMMENTS = /\bcomment(?:s|ing)? (?:(?:your|the|on) )?(?:own )?code\b|\bcode comments?\b/giu

/** The uses a stretch of text names. */
export function readUses(said: string): ReadonlySet<Use> {
  const text = said.replace(NO_OUTLINE, ' ').replace(CODE_COMMENTS, ' code ')
  const least = ON_LESS.reduce((words, form) => words.replace(form, ' '), text.replace(OF_PEOPLE, ' '))
  const told = least.replace(WORKED_ON, ' ').replace(MADE_THOUGHT, ' ')
  const found: Use[] = []
  if (IDEAS.test(told)) found.push('ideas')
  if (OUTLINE.test(told)) found.push('outline')
  if (EDIT.test(told)) found.push('edit')
  if ([REMARKS, REVIEW, READING].some((form) => form.test(least))) found.push('feedback')
  if (WRITING.test(told)) found.push('write')
  return new Set(found)
}

/** The same in a ban, where `for prose` and, in a list of what is banned, bare `prose` mean writing. */
export function readBannedUses(text: string, isListed: boolean): ReadonlySet<Use> {
  if (INTO_PRODUCT.test(text)) return new Set(['write'])
  const uses = readUses(text)
  const isProduct = (isListed ? PRODUCTS : FOR_PRODUCT).test(text)
  return isProduct ? new Set([...uses, 'write']) : uses
}
