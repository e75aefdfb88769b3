import { readSentences } from '../text/language.ts'
import { parseBlocks } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'

const MACHINE = String.raw`(?:ai|a\.i\.|artificial intelligence|(?:large )?language model|llm|chatbot|chatgpt|gpt-?\d?|claude|gemini|copilot|(?:ai |virtual )?assistant|ai (?:agent|system|model|tool)|bot|automated (?:system|agent))s?`
const ADDRESSED: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:previous|prior|above|earlier|preceding|all|your|system|other)\b[^.!?]{0,30}\b(?:instructions?|prompts?|rules?|messages?|guidelines|directions?)\b/iu,
  new RegExp(
    String.raw`\bas an? ${MACHINE}(?: (?:language )?model| assistant| system| agent)?,? (?:you|please|do not|never|always|must|your|i )\b`,
    'iu',
  ),
  new RegExp(String.raw`\bif you(?:'re| are)(?: (?:an?|the|some))? (?:[\p{L}-]+ ){0,2}${MACHINE}\b`, 'iu'),
  new RegExp(
    String.raw`\b(?:attention|note|notice|message|instructions?|hint) (?:to|for)(?: (?:all|any|the))? ${MACHINE}\b`,
    'iu',
  ),
  new RegExp(String.raw`\byou are (?:now )?(?:an?|the) (?:helpful |expert |powerful )?${MACHINE}\b`, 'iu'),
  new RegExp(String.raw`^(?:dear |hey |hello )?${MACHINE}[,:]\s`, 'iu'),
  new RegExp(
    String.raw`\b(?:any|all) ${MACHINE} (?:reading|processing|parsing|summari[sz]ing|that (?:reads?|process(?:es)?))\b`,
    'iu',
  ),
  /\b(?:system prompt|developer message|jailbreak|prompt injection|do anything now)\b/iu,
  /<\|(?:im_start|im_end|system|endoftext)[^>]*\|?>|\[\/?INST\]|<<\/?SYS>>|^\s*(?:system|assistant)\s*:\s/imu,
  /\b(?:do not|don't|never) (?:tell|reveal|inform|show|mention)[^.!?]{0,30}\b(?:the student|the user|anyone)\b/iu,
]

function isAddressed(text: string): boolean {
  return ADDRESSED.some((form) => form.test(text))
}

/** Hidden words of a text: HTML comments and runs of invisible characters that carry a command. */
function hiddenSpans(raw: string): readonly Span[] {
  const comments = [...raw.matchAll(/<!--[\s\S]{0,4000}?-->/gu)].filter(({ 0: text }) =>
    /\p{L}{3,}\s+\p{L}{2,}/u.test(text),
  )
  const invisible = [...raw.matchAll(/[\u{E0000}-\u{E007F}]{4,}|[\u200B-\u200D\u2060]{8,}/gu)]
  return [...comments, ...invisible].map(({ 0: text, index }) => ({ start: index, end: index + text.length }))
}

/**
 * Passages addressed to a machine rather than to the student. A passage runs to the end of its block, and over the
 * list it introduces: what follows such an address is part of it.
 */
export function findSuspicious(raw: string): readonly Span[] {
  const found: Span[] = [...hiddenSpans(raw)]
  let taken: 'list' | 'none' = 'none'
  for (const { kind, view, start, end } of parseBlocks(raw)) {
    if (taken === 'list' && (kind === 'item' || kind === 'row')) {
      found.push({ start, end })
      continue
    }
    taken = 'none'
    const sentences = readSentences(view.text)
    const first = sentences.find((sentence) => isAddressed(view.text.slice(sentence.start, sentence.end)))
    if (first === undefined) continue
    found.push(rawSpan(view, { start: first.start, end: view.text.length }))
    if (/:\s*$/u.test(view.text) || kind === 'heading') taken = 'list'
  }
  return found.sort((a, b) => a.start - b.start)
}
