import model from 'wink-eng-lite-web-model'
import winkNLP, { type ItemSentence } from 'wink-nlp'

import type { Span } from './view.ts'

export interface Token extends Span {
  readonly text: string
  readonly lower: string
  /** Universal part of speech, e.g. `VERB`. */
  readonly pos: string
}

export interface Sentence extends Span {
  readonly tokens: readonly Token[]
}

let loaded: ReturnType<typeof winkNLP> | undefined

// The model takes ~100 ms to load, so only a worker that reads offline pays for it, once.
function language(): ReturnType<typeof winkNLP> {
  loaded ??= winkNLP(model, ['sbd', 'pos'])
  return loaded
}

// Full stops that end no sentence: file names and hosts, abbreviations, initials, times of day, list numbers.
// A question mark inside a web address ends none either.
const SHORT_FORMS =
  'e\\.g|i\\.e|eg|ie|etc|vs|cf|al|[Ff]ig|[Ff]igs|[Ee]q|[Ee]qs|[Tt]ab|[Ss]ec|[Ss]ect|[Cc]h|[Cc]hap|[Nn]o|[Nn]os|[Vv]ol|pp|p|ed|eds|[Aa]pprox|[Mm]in|[Mm]ax|ca|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|incl|excl|resp|a\\.m|p\\.m|U\\.S|U\\.K|Ph\\.D|B\\.A|M\\.A'
const INNER_STOP = new RegExp(
  [
    String.raw`(?<=\S)\?(?=[\p{L}\p{N}])`,
    String.raw`(?<=[\p{L}\p{N}_)])\.(?=[\p{L}_][\p{L}\p{N}_]{0,11}\b)`,
    String.raw`(?<=[\p{L}_]|\bv\d)\.(?=\p{N})`,
    String.raw`(?<=^|[\s(])\.(?=\p{Ll})`,
    String.raw`(?<=[.!?:;]\s\(?\d{1,2})\.(?=\s)`,
    String.raw`(?<=\b(?:${SHORT_FORMS}))\.(?=\s*(?:[\p{Ll}\p{N},;:)(–-]|\p{Lu}{2,}))`,
    String.raw`(?<=\b(?:e\.g|i\.e|vs|cf|[Ff]ig|[Ee]q|[Nn]o|Dr|Prof|Mr|Mrs|Ms|St|pp|p|[Cc]h|[Vv]ol))\.`,
    String.raw`(?<=(?<![\p{L}'’])\p{Lu})\.(?=\s\p{Lu}\p{Ll})`,
    String.raw`(?<=^\s*\(?\d{1,2})\.(?=\s)`,
    String.raw`(?<=\b[ap])\.(?=m\b)`,
    String.raw`\.(?=\.)`,
    String.raw`(?<=\.)\.(?=\s*\p{Ll})`,
  ].join('|'),
  'gu',
)

// A run of signs no word is as long as; the splitter takes seconds over a chain of web addresses.
const NO_WORD = /[!-~]{200,}/gu

/** Hides full stops inside sentences, and what is no word, from the sentence splitter; the length stays the same. */
function hideInnerStops(text: string): string {
  return text
    .replace(NO_WORD, (run) => 'x'.repeat(run.length))
    .replace(INNER_STOP, '_')
    .replaceAll('’', "'")
    .replaceAll(' ', ' ')
}

function placeTokens(
  text: string,
  guarded: string,
  words: readonly string[],
  tags: readonly string[],
): readonly Token[] {
  let from = 0
  return words.map((word, i) => {
    const found = guarded.indexOf(word, from)
    const start = found < 0 ? from : found
    from = start + word.length
    const own = text.slice(start, from)
    return { text: own, lower: own.toLowerCase().replaceAll('’', "'"), pos: tags[i] ?? 'X', start, end: from }
  })
}

// An initial or an abbreviation that the model knows has been left whole on purpose.
const MISSED_STOP = /(?:\p{Ll}{2}|['’]t|[ap]\.m|[)\]%\d])[.!?]["”’)]*$/u

/** Cuts what the model took for one sentence where a stop stands before a capital: `… can't. The …`. */
function cutMissed(guarded: string, tokens: readonly Token[]): readonly Sentence[] {
  const parts: Token[][] = [[]]
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]
    const gap = before === undefined ? '' : guarded.slice(before.end, token.start)
    const isNew =
      before !== undefined &&
      /\s/u.test(gap) &&
      MISSED_STOP.test(guarded.slice(Math.max(0, before.end - 12), before.end)) &&
      /^["“‘(]?\p{Lu}/u.test(token.text)
    if (isNew) parts.push([])
    parts.at(-1)?.push(token)
  }
  return parts.flatMap((own) => {
    const [first] = own
    const last = own.at(-1)
    return first === undefined || last === undefined
      ? []
      : [{ start: first.start, end: last.end, tokens: own }]
  })
}

/** Sentences of a text with their tokens; offsets are UTF-16 units into the text given. */
export function readSentences(text: string): readonly Sentence[] {
  const wink = language()
  const guarded = hideInnerStops(text)
  const doc = wink.readDoc(guarded)
  // oxlint-disable typescript/unbound-method -- the accessors of wink are plain functions, handed over by name
  const { value, pos, span } = wink.its
  // oxlint-enable typescript/unbound-method
  const tokens = placeTokens(text, guarded, doc.tokens().out(value), doc.tokens().out(pos))
  const sentences: Sentence[] = []
  doc.sentences().each((sentence: ItemSentence) => {
    const [from, to] = sentence.out(span)
    sentences.push(...cutMissed(guarded, tokens.slice(Number(from), Number(to) + 1)))
  })
  return sentences
}
