import type { Evidence } from '../../../contract/requirements.ts'
import { findSuspicious } from '../../llm/offline/distill/find-suspicious.ts'
import type { Span } from '../../llm/offline/text/view.ts'

/** What stands in the place of words addressed to a machine. */
export const LEFT_OUT = '[left out here: words addressed to a machine]'

// Reading sentences costs more than all the rest, and nothing without one of these is addressed to a machine.
const SIGNS =
  /\b(?:ai|a\.i\.|llms?|models?|gpt|chat|claude|gemini|copilot|assistants?|bots?|agents?|automated|machines?|systems?|prompts?|instructions?|ignore|disregard|forget|override|bypass|jailbreak|developer|reveal|pretend|respond|output|inst)\b|\b(?:do not|don't|never) (?:tell|inform|show|mention)\b|chatgpt|gpt-|im_start|<!--|<\||\]\(|[\u{E0000}-\u{E007F}\u200B-\u200F\u2060-\u2064]|[A-Za-z0-9+/]{40}/iu

// In a task or a free request these speak to whatever writes the answer, even where a brief might say them to a person.
const COMMANDS =
  /(?<!\b(?:do not|don't|never) )\b(?:respond|reply|answer|output) (?:only|exactly|solely|with nothing but)\b|\b(?:new|updated|real|hidden|secret) (?:system )?instructions?\s*:|\b(?:admin(?:istrator)?|developer|system) (?:override|mode)\b|\b(?:begin|end) (?:of )?(?:system|prompt|instructions)\b|\bpretend (?:to be|you are)\b|(?<=[.!?]\s)(?:(?:dear|hey|hello) )?(?:ai|assistant|bot)s?[,:]\s|\b(?:chatgpt|claude|gemini|copilot),? (?:please|you|ignore|write|begin|answer|reply|respond|approve)\b/iu

// A turn of a conversation with a model, wherever it stands.
const TURN = /\b(?:SYSTEM|ASSISTANT)\s*:/u

// The line of a plan about the rules for such tools begins as an address to them would.
const OWN_LABEL = /^AI tools: /
const AS_LABEL = 'The rule: '

function spansOf(said: string, quotes: readonly string[]): readonly Span[] {
  const text = said.replace(OWN_LABEL, AS_LABEL)
  const spoken = SIGNS.test(text) ? findSuspicious(text) : []
  const commands = [COMMANDS, TURN]
    .map((form) => text.search(form))
    .filter((start) => start >= 0)
    .map((start) => ({ start, end: text.length }))
  const reported = quotes.flatMap((quote) => {
    const start = said.indexOf(quote)
    return start < 0 ? [] : [{ start, end: start + quote.length }]
  })
  return [...spoken, ...commands, ...reported].toSorted((a, b) => a.start - b.start)
}

/** Whether a text holds words addressed to a machine. */
export function speaksToMachine(text: string): boolean {
  return spansOf(text, []).length > 0
}

/** Takes words addressed to a machine out of texts: those reported before, and those found in the text itself. */
export function createQuiet(reported: readonly Pick<Evidence, 'quote'>[]): (text: string) => string {
  const quotes = reported.map(({ quote }) => quote).filter((quote) => quote.trim() !== '')
  const known = new Map<string, string>()
  const quiet = (text: string): string => {
    let rest = ''
    let from = 0
    for (const { start, end } of spansOf(text, quotes)) {
      if (end <= from) continue
      if (start >= from) rest += `${text.slice(from, start)}${LEFT_OUT}`
      from = end
    }
    return `${rest}${text.slice(from)}`.trim()
  }
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const after = quiet(text)
    known.set(text, after)
    return after
  }
}
