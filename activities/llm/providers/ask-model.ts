import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelMessage } from 'ai'
import type { z } from 'zod'

import { readAnswer } from '../repair/read-answer.ts'
import type { PlannedCall, SpentCall } from '../port.ts'
import { callModel, type ModelResponse, type Tokens } from './call-model.ts'
import { FAILURES, ModelFailure, type Failure, type FailureKind } from './failures.ts'
import { readFailure } from './read-failure.ts'

/** What an answer becomes, or why it cannot be used, in words a model can act on. */
export type Assembled<O> =
  | { readonly ok: true; readonly output: O }
  | { readonly ok: false; readonly issues: readonly string[] }

/** A step put to a model: what it is told, the form its answer has, and what becomes of the answer. */
export interface Question<A, O> {
  readonly name: string
  readonly prompt_version: string
  readonly schema: z.ZodType<A>
  readonly instructions: string
  readonly prompt: string
  readonly assemble: (answer: A) => Assembled<O>
}

/** Whom to ask, within which bounds, and where each call is written down. */
export interface Asking {
  readonly model: LanguageModelV4
  readonly provider: string
  readonly name: string
  readonly max_output_tokens: number
  readonly timeout_ms: number
  /** A longer question is taken in parts, where it can be. */
  readonly most_characters: number
  readonly signal: AbortSignal
  readonly reserve: (call: PlannedCall) => Promise<string | null>
  readonly book: (call: SpentCall, reservation: string | null) => Promise<void>
  /** Told of the answer so far, while it is written. */
  readonly onText?: (text: string) => void
}

const LONGER = 2
const LEASE_MARGIN_MS = 60_000
// A token of any model in use is at least so long in English, and the estimate is to be an upper bound.
const CHARACTERS_PER_TOKEN = 3
const NO_TOKENS: Tokens = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, reasoning_tokens: 0 }

type Read<O> =
  | { readonly kind: 'ok'; readonly output: O; readonly answer: unknown }
  | { readonly kind: 'cut' }
  | { readonly kind: 'filtered' }
  | { readonly kind: 'misshapen'; readonly issues: readonly string[] }

function readResponse<A, O>({ text, finish }: ModelResponse, { schema, assemble }: Question<A, O>): Read<O> {
  if (finish === 'content-filter') return { kind: 'filtered' }
  if (finish === 'length') return { kind: 'cut' }
  const read = readAnswer(text, schema)
  if (!read.ok) return { kind: 'misshapen', issues: read.issues }
  const assembled = assemble(read.answer)
  return assembled.ok
    ? { kind: 'ok', output: assembled.output, answer: read.answer }
    : { kind: 'misshapen', issues: assembled.issues }
}

function outcomeOf(kind: FailureKind | 'canceled' | 'broken' | 'ok'): Pick<SpentCall, 'outcome' | 'failure'> {
  if (kind === 'ok') return { outcome: 'ok', failure: null }
  if (kind === 'canceled') return { outcome: 'CANCELED', failure: null }
  if (kind === 'broken') return { outcome: 'BROKEN', failure: null }
  return { outcome: FAILURES[kind].code, failure: kind }
}

/** The most tokens so many texts can be. */
function estimateTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil(text.length / CHARACTERS_PER_TOKEN), 0)
}

/** One call, reserved before and written down after, whatever becomes of it. */
async function callOnce<A, O>(
  asking: Asking,
  question: Question<A, O>,
  messages: readonly ModelMessage[],
  max_output_tokens: number,
): Promise<{ readonly text: string; readonly read: Read<O> }> {
  const { provider, name: model, timeout_ms, signal } = asking
  const { name, schema, instructions, prompt_version } = question
  const named = { provider, model, prompt_version }
  const tokens =
    estimateTokens([instructions, ...messages.map(({ content }) => JSON.stringify(content))]) +
    max_output_tokens
  const reservation = await asking.reserve({ ...named, tokens, lease_ms: timeout_ms + LEASE_MARGIN_MS })
  const started = performance.now()
  const book = (kind: Parameters<typeof outcomeOf>[0], tokens: Tokens): Promise<void> => {
    const duration_ms = Math.round(performance.now() - started)
    const ended = { ...named, ...tokens, duration_ms, cached: false, ...outcomeOf(kind) }
    return asking.book(ended, reservation)
  }
  let response: ModelResponse
  try {
    const { onText } = asking
    const bounds = { max_output_tokens, timeout_ms, signal, ...(onText === undefined ? {} : { onText }) }
    const request = { name, schema, instructions, messages, ...bounds }
    response = await callModel(asking.model, request)
  } catch (error) {
    const failure = signal.aborted ? null : readFailure(error, Date.now())
    await book(signal.aborted ? 'canceled' : (failure?.kind ?? 'broken'), NO_TOKENS)
    signal.throwIfAborted()
    if (failure === null) throw error
    throw new ModelFailure(model, failure)
  }
  const read = readResponse(response, question)
  await book(read.kind, response.tokens)
  return { text: response.text, read }
}

function answered(kind: 'cut' | 'filtered' | 'misshapen'): Failure {
  return { kind, retry_after_ms: null, cause: { name: 'ModelAnswer', status: null, request_id: null } }
}

function askAgain(text: string, issues: readonly string[]): readonly ModelMessage[] {
  const list = issues.map((issue) => `- ${issue}`).join('\n')
  const content = `That answer cannot be used:\n${list}\nGive the whole answer again, mended, as one JSON object of the schema and nothing else.`
  // An empty answer cannot be sent back: providers refuse empty messages.
  return [
    { role: 'assistant', content: text === '' ? '(no answer)' : text },
    { role: 'user', content },
  ]
}

/**
 * Asks one model for an answer that holds: a cut answer is asked for once more with more room, a misshapen one once
 * more with what is wrong with it. Each of these is a call of its own. Throws ModelFailure, or the signal's reason.
 */
export async function askOneModel<A, O>(
  asking: Asking,
  question: Question<A, O>,
): Promise<{ readonly output: O; readonly answer: unknown }> {
  let messages: readonly ModelMessage[] = [{ role: 'user', content: question.prompt }]
  let room = asking.max_output_tokens
  const tried = new Set<FailureKind>()
  for (;;) {
    const { text, read } = await callOnce(asking, question, messages, room)
    // An answer that was paid for is handed on to be kept, whatever has become of the run meanwhile.
    if (read.kind === 'ok') return { output: read.output, answer: read.answer }
    asking.signal.throwIfAborted()
    if (read.kind === 'filtered' || tried.has(read.kind))
      throw new ModelFailure(asking.name, answered(read.kind))
    tried.add(read.kind)
    if (read.kind === 'misshapen') messages = [...messages, ...askAgain(text, read.issues)]
    else room *= LONGER
  }
}
