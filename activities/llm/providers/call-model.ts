import type { LanguageModelV4 } from '@ai-sdk/provider'
import {
  Output,
  streamText,
  type FinishReason,
  type LanguageModelUsage,
  type ModelMessage,
  type TextStreamPart,
  type ToolSet,
} from 'ai'
import type { z } from 'zod'

import { parseJson } from '../../../contract/parse-json.ts'

import { StreamFault } from './read-failure.ts'

/** What is sent to a model in one call. */
export interface ModelRequest {
  readonly name: string
  readonly schema: z.ZodType
  readonly instructions: string
  readonly messages: readonly ModelMessage[]
  readonly max_output_tokens: number
  readonly timeout_ms: number
  readonly signal: AbortSignal
  /** Told of the text so far, whenever more of it has come. */
  readonly onText?: (text: string) => void
}

export interface Tokens {
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
  readonly reasoning_tokens: number
}

/** What came back: the text as it is, not yet read. */
export interface ModelResponse {
  readonly text: string
  readonly finish: FinishReason
  readonly tokens: Tokens
}

/** A stream that ended before the model said that it was done: a reply that broke off on its way. */
export class StreamCut extends Error {
  override readonly name = 'StreamCut'
}

function tokensOf(usage: LanguageModelUsage): Tokens {
  return {
    input_tokens: usage.inputTokens ?? 0,
    cached_input_tokens: usage.inputTokenDetails.cacheReadTokens ?? 0,
    output_tokens: usage.outputTokens ?? 0,
    reasoning_tokens: usage.outputTokenDetails.reasoningTokens ?? 0,
  }
}

/** Reads a stream to its end. The SDK's promises hide the provider's own error; in the stream it stands as it came. */
async function readStream(
  parts: AsyncIterable<TextStreamPart<ToolSet>>,
  { signal, onText }: ModelRequest,
): Promise<ModelResponse> {
  let text = ''
  for await (const part of parts) {
    if (part.type === 'error') throw part.error instanceof Error ? part.error : new StreamFault(part.error)
    if (part.type === 'abort') {
      signal.throwIfAborted()
      throw new DOMException('The model took too long', 'TimeoutError')
    }
    if (part.type === 'text-delta') {
      text += part.text
      onText?.(text)
    }
    if (part.type === 'finish') {
      // Where no provider gave a reason the SDK makes one up, also for a page of HTML or half an answer.
      if (part.rawFinishReason === undefined && parseJson(text) === undefined) break
      return { text, finish: part.finishReason, tokens: tokensOf(part.totalUsage) }
    }
  }
  signal.throwIfAborted()
  throw new StreamCut('the stream ended in the middle')
}

// Rules, task and schema are the same for every assignment: a provider that has to be asked to keeps them.
const KEPT_BY_PROVIDER = { anthropic: { cacheControl: { type: 'ephemeral' } } }

/**
 * Asks a model once, without any retry, and gives back what it wrote, whatever its form: such an answer was paid for
 * and may be mended. Rejects with what the provider's error was, StreamCut, or the signal's reason.
 */
export async function callModel(model: LanguageModelV4, request: ModelRequest): Promise<ModelResponse> {
  const { name, schema, instructions, messages, max_output_tokens, timeout_ms, signal } = request
  signal.throwIfAborted()
  const { stream } = streamText({
    model,
    maxRetries: 0,
    instructions: { role: 'system', content: instructions, providerOptions: KEPT_BY_PROVIDER },
    messages: [...messages],
    maxOutputTokens: max_output_tokens,
    output: Output.object({ schema, name }),
    abortSignal: signal,
    timeout: { totalMs: timeout_ms },
    // It is thrown where the stream is read; the SDK would print it.
    onError: () => undefined,
  })
  return readStream(stream, request)
}
