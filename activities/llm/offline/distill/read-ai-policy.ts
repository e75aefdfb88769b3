import { readSentences } from '../text/language.ts'
import { parseBlocks } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'

export type AiLevel = 1 | 2 | 3 | 4 | 5

export interface AiRule extends Span {
  readonly level: AiLevel
}

const AI =
  /\b(?:AI|A\.I\.|GenAI|[Aa]rtificial intelligence|[Gg]enerative (?:tools?|models?|technolog\w+)|ChatGPT|GPT-?\d?|Copilot|Gemini|Claude|[Ll]anguage models?|LLMs?|[Cc]hatbots?|[Cc]ode assistants?)\b/u
const SUBJECT_AI =
  /\b(?:train|build|implement|history of|ethics of|essay on|about) (?:an? )?(?:AI|artificial intelligence)\b/iu
const NO_USE =
  /\b(?:(?:is|are) (?:strictly |also )?(?:prohibited|forbidden|banned|not (?:permitted|allowed|acceptable))|(?:may|must|can|should|do) not (?:be used|use|rely|consult)|cannot (?:be used|use)|not (?:permitted|allowed)|without (?:the )?(?:use|help|aid) of|no (?:use of )?(?:AI|generative)|zero[- ]tolerance|will be treated as (?:plagiarism|misconduct))\b/iu
const EXCEPTION = /\b(?:except|unless|other than|apart from|but (?:not|only)|only (?:for|to))\b/iu
const FREE =
  /\b(?:welcome at every stage|freely|any (?:way|purpose|stage)|without restriction|unrestricted|fully permitted|encouraged to use|every stage|as much as you like|use of (?:generative )?AI is (?:encouraged|allowed|permitted)[.,]?(?! (?:for|to)\b))/iu
const EDIT =
  /\b(?:grammar|spelling|proofread\w*|edit(?:ing)?|polish\w*|feedback|style|language check|copy-?edit\w*|rephras\w*|debug\w*)\b/iu
const OUTLINE = /\b(?:outlin\w+|structur\w+|organi[sz]\w+|plan(?:ning)?)\b/iu
const IDEAS = /\b(?:brainstorm\w*|ideas?|topics?|inspiration|explor\w+|research questions?|background)\b/iu
const PERMITS = /\b(?:may|can|allowed|permitted|welcome|acceptable|fine|encouraged|free to|okay)\b/iu

const LEVELS: readonly AiLevel[] = [1, 2, 3, 4, 5]

function levelOf(sentence: string): AiLevel | null {
  const named = /\blevel (?<level>[1-5])\b/iu.exec(sentence)?.groups?.['level']
  if (named !== undefined) return LEVELS[Number(named) - 1] ?? null
  if (
    NO_USE.test(sentence) &&
    !EXCEPTION.test(sentence) &&
    !/\b(?:may|can) use\b[^.]*\bbut\b/iu.test(sentence)
  )
    return 1
  if (!PERMITS.test(sentence) && !EXCEPTION.test(sentence)) return null
  if (FREE.test(sentence)) return 5
  if (EDIT.test(sentence)) return 4
  if (OUTLINE.test(sentence)) return 3
  return IDEAS.test(sentence) ? 2 : null
}

/** What a document allows of AI tools, 1 (none) to 5 (free), sentence by sentence; `skipped` spans do not count. */
export function readAiRules(raw: string, skipped: readonly Span[]): readonly AiRule[] {
  const rules: AiRule[] = []
  for (const { view } of parseBlocks(raw)) {
    for (const sentence of AI.test(view.text) ? readSentences(view.text) : []) {
      const text = view.text.slice(sentence.start, sentence.end)
      const span = rawSpan(view, sentence)
      const level = AI.test(text) && !SUBJECT_AI.test(text) ? levelOf(text) : null
      const isSkipped = skipped.some((other) => span.start < other.end && span.end > other.start)
      if (level !== null && !isSkipped) rules.push({ ...span, level })
    }
  }
  return rules
}

/** "Posts written by AI are not permitted" beside "you may use AI for grammar" is the narrower leave, not a ban. */
export function combineAiRules(rules: readonly AiRule[]): AiLevel | null {
  const allowed = rules.map(({ level }) => level).filter((level) => level > 1)
  if (allowed.length > 0) return allowed.reduce((a, b) => (a < b ? b : a))
  return rules.length > 0 ? 1 : null
}
