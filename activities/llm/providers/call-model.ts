import type { LanguageModelV4 } from '@ai-sdk/provider'
import {
  generateText,
  NoObjectGeneratedError,
  Output,
  type FinishReason,
  type LanguageModelUsage,
  type ModelMessage,
} from 'ai'
import type { z } from 'zod'

/** What is sent to a model in one call. */
export interface ModelRequest {
  readonly name: string
  readonly schema: z.ZodType
  readonly instructions: string
  readonly messages: readonly ModelMessage[]
  readonly max_output_tokens: number
  readonly timeout_ms: number
  readonly signal: AbortSignal
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

function tokensOf(usage: LanguageModelUsage | undefined): Tokens {
  return {
    input_tokens: usage?.inputTokens ?? 0,
    cached_input_tokens: usage?.inputTokenDetails.cacheReadTokens ?? 0,
    output_tokens: usage?.outputTokens ?? 0,
    reasoning_tokens: usage?.outputTokenDetails.reasoningTokens ?? 0,
  }
}

/**
 * Asks a model once, without any retry, and gives back what it wrote even where the SDK finds it of the wrong form:
 * such an answer was paid for and may be mended. Rejects with what the SDK throws, or with the signal's reason.
 */
export async function callModel(model: LanguageModelV4, request: ModelRequest): Promise<ModelResponse> {
  const { name, schema, instructions, messages, max_output_tokens, timeout_ms, signal } = request
  try {
    const { text, finishReason, usage } = await generateText({
      model,
      maxRetries: 0,
      instructions,
      messages: [...messages],
      maxOutputTokens: max_output_tokens,
      output: Output.object({ schema, name }),
      abortSignal: signal,
      timeout: { totalMs: timeout_ms },
    })
    return { text, finish: finishReason, tokens: tokensOf(usage) }
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error
    return { text: error.text ?? '', finish: error.finishReason ?? 'other', tokens: tokensOf(error.usage) }
  }
}
