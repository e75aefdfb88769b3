import { createHash } from 'node:crypto'

import { shareAnswer, type AnswerStore, type KeptAnswer } from '../cache/share-answer.ts'
import type { LlmPort, ModelCall, ModelReply, ModelStep, ModelSteps, SpentCall } from '../port.ts'
import { drawMark } from '../prompts/draw-mark.ts'
import { askInOrder } from './ask-in-order.ts'
import { createModel, type ModelChoice } from './create-model.ts'
import { createPartialTeller } from './tell-partials.ts'
import { STEPS } from './steps.ts'

const PART_TOKENS = 60_000
// What English text comes to with the models in use.
const CHARACTERS_PER_TOKEN = 4

type Choices = readonly [ModelChoice, ...ModelChoice[]]

/** Which models are asked for which step, first to last, and within which bounds. */
export interface ModelSettings {
  readonly provider: string
  readonly choices: { readonly [S in ModelStep]: Choices }
  /** One call, milliseconds. */
  readonly timeout_ms: number
  readonly max_output_tokens: number
  /** A question longer than so many tokens is taken in parts; by default one of a hundred pages. */
  readonly part_tokens?: number
  /** Where answers are kept, so that the same question is paid for once; without it every question is asked. */
  readonly store?: AnswerStore
}

const FREE = {
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  reasoning_tokens: 0,
  duration_ms: 0,
  outcome: 'ok',
  failure: null,
} as const

/** One step on its way through the models: what is asked, and what it has cost so far. */
class StepRun<S extends ModelStep> {
  readonly #settings: ModelSettings
  readonly #step: S
  readonly #input: ModelSteps[S]['input']
  readonly #call: ModelCall
  #usage = { input_tokens: 0, output_tokens: 0 }

  constructor(settings: ModelSettings, step: S, input: ModelSteps[S]['input'], call: ModelCall) {
    this.#settings = settings
    this.#step = step
    this.#input = input
    this.#call = call
  }

  get #choices(): Choices {
    return this.#settings.choices[this.#step]
  }

  #reply(
    output: ModelSteps[S]['output'],
    { provider, model }: Pick<ModelChoice, 'model'> & { provider: string },
  ): ModelReply<S> {
    const { prompt_version } = STEPS[this.#step]
    return { output, model, provider, prompt_version, usage: this.#usage }
  }

  #keyOf({ provider, model }: ModelChoice, share: string): string {
    const question = STEPS[this.#step].nameQuestion(this.#input)
    return createHash('sha256')
      .update(JSON.stringify([share, provider, model, question]))
      .digest('hex')
  }

  #book = async (call: SpentCall, reservation: string | null): Promise<void> => {
    this.#usage = {
      input_tokens: this.#usage.input_tokens + call.input_tokens,
      output_tokens: this.#usage.output_tokens + call.output_tokens,
    }
    await this.#call.book?.(call, reservation)
  }

  async #ask(keyOf: (choice: ModelChoice) => string): Promise<{ reply: ModelReply<S>; kept: KeptAnswer }> {
    const { timeout_ms, max_output_tokens, part_tokens = PART_TOKENS } = this.#settings
    const most_characters = part_tokens * CHARACTERS_PER_TOKEN
    const { signal, reserve, onPartial } = this.#call
    const { ask, showPartial } = STEPS[this.#step]
    return askInOrder(this.#choices, async (choice) => {
      const { provider, model: name } = choice
      const reserving = async (planned: Parameters<NonNullable<typeof reserve>>[0]) =>
        (await reserve?.(planned)) ?? null
      const bounds = {
        max_output_tokens,
        timeout_ms,
        most_characters,
        signal,
        reserve: reserving,
        book: this.#book,
      }
      const onText = onPartial === undefined ? {} : { onText: createPartialTeller(showPartial, onPartial) }
      const asking = { model: createModel(choice), provider, name, ...bounds, ...onText }
      const { output, answer } = await ask(this.#input, drawMark(), asking)
      return {
        reply: this.#reply(output, choice),
        kept: { key: keyOf(choice), answer, provider, model: name },
      }
    })
  }

  async #revive(kept: KeptAnswer): Promise<ModelReply<S> | null> {
    const { prompt_version, revive } = STEPS[this.#step]
    const output = revive(kept.answer, this.#input)
    if (output === null) return null
    const { provider, model } = kept
    await this.#book({ provider, model, prompt_version, ...FREE, cached: true }, null)
    return this.#reply(output, kept)
  }

  async run(): Promise<ModelReply<S>> {
    const { signal, share } = this.#call
    signal.throwIfAborted()
    const settled = STEPS[this.#step].settle(this.#input)
    const [first, ...others] = this.#choices
    if (settled !== null) return this.#reply(settled, first)
    const { store } = this.#settings
    if (store === undefined || share === undefined) return (await this.#ask(() => '')).reply
    const keyOf = (choice: ModelChoice): string => this.#keyOf(choice, share)
    return shareAnswer({
      store,
      keys: [keyOf(first), ...others.map(keyOf)],
      signal,
      revive: (kept) => this.#revive(kept),
      ask: () => this.#ask(keyOf),
    })
  }
}

/** The provider that asks language models; each call is booked, and none is repeated by the SDK itself. */
export function createModelProvider(settings: ModelSettings): LlmPort {
  return {
    provider: settings.provider,
    run: async (step, input, call) => new StepRun(settings, step, input, call).run(),
  }
}
