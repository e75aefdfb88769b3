import { LLMock, type FixtureOpts } from '@copilotkit/aimock'

import { Secret } from '../../config/secret.ts'
import type { LlmPort, ModelStep, SpentCall } from '../../activities/llm/port.ts'
import type { ModelChoice, ModelProvider } from '../../activities/llm/providers/create-model.ts'
import { createModelProvider } from '../../activities/llm/providers/provider.ts'

/** The protocols a scripted model speaks, each with the path it is asked at. */
export const PROTOCOLS = [
  { provider: 'openai-compatible', base: '/v1', asked: '/v1/chat/completions' },
  { provider: 'openai', base: '/v1', asked: '/v1/responses' },
  { provider: 'anthropic', base: '/v1', asked: '/v1/messages' },
  { provider: 'google', base: '/v1beta', asked: '/v1beta/models/scripted:streamGenerateContent' },
] as const satisfies readonly { provider: ModelProvider; base: string; asked: string }[]

type Script = Parameters<LLMock['on']>[1]
type Factory = Extract<Script, (...given: never[]) => unknown>

/** The same models for every step. */
export function forAllSteps<C>(choices: C): { readonly [S in ModelStep]: C } {
  const roles = { discover: choices, arrange: choices, scaffold: choices, audit: choices, review: choices }
  const stages = { distill: choices, draft: choices, judge: choices, assess: choices, advise: choices }
  return { ...stages, ...roles, release: choices, guide: choices, work_job: choices }
}

interface Bounds {
  readonly timeout_ms?: number
  readonly part_tokens?: number
  readonly max_output_tokens?: number
}

/** How answers are written: the first piece after so many milliseconds, then so many pieces a second. */
export interface Pace {
  readonly ttft: number
  readonly tps: number
}

/** A model on this machine that answers as it is told, over HTTP, in the protocol of any provider. */
export class ScriptedModel implements AsyncDisposable {
  readonly mock: LLMock
  /** Every call as it was booked, oldest first. */
  readonly spent: SpentCall[] = []

  readonly #pace: Pace | undefined

  constructor(mock: LLMock, pace: Pace | undefined) {
    this.mock = mock
    this.#pace = pace
  }

  /** Gives answers to a step in turn; the last one is given from then on. */
  answer(step: ModelStep, scripts: readonly Script[], options: FixtureOpts = {}): void {
    let turn = 0
    const next: Factory = (request) => {
      const script = scripts[Math.min(turn, scripts.length - 1)]
      turn += 1
      return typeof script === 'function' ? script(request) : (script as Awaited<ReturnType<Factory>>)
    }
    const paced = this.#pace === undefined ? options : { streamingProfile: this.#pace, ...options }
    this.mock.on({ systemMessage: `Waymark step: ${step}.` }, next, paced)
  }

  choice(provider: ModelProvider = 'openai-compatible', model = 'scripted'): ModelChoice {
    const base = PROTOCOLS.find((protocol) => protocol.provider === provider)?.base ?? ''
    return { provider, model, apiKey: new Secret('planted-key'), baseUrl: `${this.mock.url}${base}` }
  }

  /** The port over these models, asked in order for every step. */
  port(choices: readonly [ModelChoice, ...ModelChoice[]] = [this.choice()], bounds: Bounds = {}): LlmPort {
    return createModelProvider({
      provider: choices[0].provider,
      choices: forAllSteps(choices),
      timeout_ms: 20_000,
      max_output_tokens: 4_000,
      ...bounds,
    })
  }

  /** Books into `spent`. */
  book = async (call: SpentCall): Promise<void> => {
    this.spent.push(call)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mock.stop()
  }
}

/** Starts a scripted model on a free port of this machine; without a pace it answers at once. */
export async function startScriptedModel(pace?: Pace): Promise<ScriptedModel> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1' })
  await mock.start()
  return new ScriptedModel(mock, pace)
}

/** An answer with its cost, in the names of every protocol. */
export function paid(content: unknown, input: number, output: number) {
  return {
    content: typeof content === 'string' ? content : JSON.stringify(content),
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      input_tokens: input,
      output_tokens: output,
      promptTokenCount: input,
      candidatesTokenCount: output,
    },
  }
}
