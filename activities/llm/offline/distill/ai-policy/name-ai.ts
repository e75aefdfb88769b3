const NAMES = [
  String.raw`(?:[Gg]enerative |[Gg]en-?\s?)?(?:AI|A\.I\.)`,
  String.raw`[Gg]en-?AI`,
  String.raw`(?:[Gg]enerative )?[Aa]rtificial [Ii]ntelligence`,
  String.raw`[Gg]enerative (?:tools?|models?|technolog\w+|systems?|software)`,
  String.raw`(?:[Ll]arge )?[Ll]anguage [Mm]odels?`,
  String.raw`LLMs?`,
  String.raw`[Cc]hat-?bots?`,
  String.raw`Chat\s?GPT(?:-?\d[\w.]*)?`,
  String.raw`GPT(?:-?\d[\w.]*)?`,
  String.raw`OpenAI`,
  String.raw`(?:(?:GitHub|Microsoft) )?Copilot`,
  String.raw`Codeium`,
  String.raw`Cursor(?=[,;]| and| or)`,
  String.raw`(?:Google )?Gemini`,
  String.raw`(?<!(?:Dr|Prof|Mr)\.? )Claude(?! \p{Lu})`,
  String.raw`Perplexity`,
  String.raw`DeepSeek`,
  String.raw`Grammarly(?:'s (?:\w+ ){1,2}features?)?`,
  String.raw`Quill[Bb]ot`,
  String.raw`DeepL(?: Write)?`,
  String.raw`DALL-?E`,
  String.raw`Midjourney`,
  String.raw`Stable Diffusion`,
  String.raw`(?:[Tt]ext|[Ii]mage|[Cc]ode|[Ee]ssay) [Gg]enerators?`,
  String.raw`[Ii]mage [Mm]odels?`,
  String.raw`[Cc]od(?:e|ing) [Aa]ssistants?`,
  String.raw`[Pp]araphras\w+ tools?`,
]
const KIND =
  'writing|text|image|code|coding|composition|search|language|content|powered|based|driven|style|essay|online'
const TAIL =
  'tools?|assistants?|generators?|software|systems?|models?|chat-?bots?|apps?|programs?|agents?|services?|technolog(?:y|ies)|platforms?'
const ONE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${NAMES.join('|')})(?![\p{L}\p{N}])(?:(?:[- ](?:${KIND}))*[- ](?:${TAIL})\b)?`,
  'gu',
)
const MADE =
  /(?<![\p{L}\p{N}])(?:AI|[Mm]achine|[Cc]hatbot|ChatGPT|[Bb]ot)[- ](?:generated|written|produced|authored|composed|made)\b/gu
// "ChatGPT, Copilot or a similar tool" is one thing here.
const SEVERAL =
  /AI(?:'s)?(?: \(AI\))?(?:(?:,? (?:such as|like|including|e\.g\.|and|or)|,|\/| \()\s*(?:and |or )?(?:any |every |all |another |other |similar |its |their )*(?:AI\b\)?|(?:any(?:thing| \w+)? )?(?:similar|comparable|other|such) (?:AI|tools?|systems?|software|programs?)\b|(?:kin|relatives|friends|the like|anything of that sort)\b))+/gu
// "AI ethics" and "an AI start-up" are topics.
const TOPIC =
  /\bAI(?='?s?[- ](?:ethics|research\w*|start-?ups?|compan(?:y|ies)|industr\w+|regulations?|laws?|history|safety|revolution|labs?|winter|courses?|lectures?|seminars?|workshops?|literature|debates?|experts?|boom|hype|note-?takers?)\b)/gu
const ANY_MENTION = new RegExp(ONE.source, 'u')

/** Whether a text names AI or one of its tools. */
export function mentionsAi(text: string): boolean {
  return ANY_MENTION.test(text) || new RegExp(MADE.source, 'u').test(text)
}

/** The text with every name of an AI tool, alone or in a list, as `AI`, and what such a tool wrote as `written by AI`. */
export function nameAlike(text: string): string {
  return text
    .replaceAll('’', "'")
    .replace(/\bcan't\b/giu, 'cannot')
    .replace(/\bwon't\b/giu, 'will not')
    .replace(/(?<=\p{L})n't\b/giu, ' not')
    .replace(MADE, 'written by AI')
    .replace(ONE, 'AI')
    .replace(/\bAI(?: \(AI\))+/gu, 'AI')
    .replace(SEVERAL, 'AI')
    .replace(/\bAI \([^)]{0,80}\)/gu, 'AI')
    .replace(TOPIC, 'that field')
    .replace(/\ban? AI\b/giu, 'AI')
}

const THESE =
  /\b(?:these|those|such(?: an?)?|this|that|the|any|a|another)(?: kinds? of| sorts? of)? (?:tools?|technolog(?:y|ies)|systems?|assistants?|software)\b/giu
const AFTER =
  /\b(?<verb>us(?:e|es|ed|ing)|ask(?:ing)?|hav(?:e|ing)|let(?:ting)?|consult(?:ing)?|with|from|by|through) (?:it|them)\b/giu
const SUBJECT =
  /^(?<before>(?:and |but |however,? |still,? |otherwise,? )*)(?!it is (?:\w+ )?(?:permitted|allowed|acceptable|fine|okay|ok|forbidden|prohibited|possible|not)\b)(?:it|they) (?=(?:may|must|can|cannot|should|is|are|will|do|does)\b)/iu
const FORBIDDEN_IT =
  /\b(?:it|they) (?=(?:may|must|can|should|shall) not\b|cannot\b|(?:is|are) not (?:allowed|permitted)\b(?! to\b| that\b))/giu
const RULING =
  /^(?:it|this|that|which|the (?:policy|rules?)) (?=(?:allow|permit|forbid|prohibit|exclude|ban)s?\b)/iu
const BARE_USE =
  /\b(?<det>any|an?|the|its|their|such|undisclosed|undeclared|unacknowledged)(?<kind> \w+)? use\b(?! of)/giu

/** The same for words that stand for AI in a text that has just spoken of it: `them`, `these tools`, `it may not`. */
export function nameReferred(text: string): string {
  return text
    .replace(THESE, 'AI')
    .replace(AFTER, '$<verb> AI')
    .replace(SUBJECT, '$<before>AI ')
    .replace(RULING, 'AI policy ')
    .replace(FORBIDDEN_IT, 'AI ')
    .replace(BARE_USE, '$<det>$<kind> use of AI')
}
