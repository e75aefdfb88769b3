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
const INNER_STOP =
  /(?<=\S)\?(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}_)])\.(?=[\p{L}_][\p{L}\p{N}_]{0,11}\b)|(?<=[\p{L}_]|\bv\d)\.(?=\p{N})|(?<=^|[\s(])\.(?=\p{Ll})|(?<=[.!?:;]\s\(?\d{1,2})\.(?=\s)|(?<=\b(?:e\.g|i\.e|eg|ie|etc|vs|cf|al|Fig|Figs|Eq|Eqs|Tab|Sec|Sect|Ch|Chap|No|Nos|Vol|vol|pp|p|ed|eds|approx|min|max|ca|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|incl|excl|resp|a\.m|p\.m|U\.S|U\.K|Ph\.D|B\.A|M\.A))\.(?=\s*(?:[\p{Ll}\p{N},;:)(–-]|\p{Lu}{2,}))|(?<=\b(?:e\.g|i\.e|vs|cf|Fig|Eq|No|Dr|Prof|Mr|Mrs|Ms|St|pp|p|Ch|Vol))\.|(?<=\b\p{Lu})\.(?=\s\p{Lu}\p{Ll})|(?<=^\s*\(?\d{1,2})\.(?=\s)|(?<=\b[ap])\.(?=m\b)|\.(?=\.)|(?<=\.)\.(?=\s*\p{Ll})/giu

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
    const own = tokens.slice(Number(from), Number(to) + 1)
    const [first] = own
    const last = own.at(-1)
    if (first !== undefined && last !== undefined)
      sentences.push({ start: first.start, end: last.end, tokens: own })
  })
  return sentences
}
