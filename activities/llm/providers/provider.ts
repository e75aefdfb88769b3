import type { LlmPort, ModelStep, ModelUsage, SpentCall } from '../port.ts'
import { drawMark } from '../prompts/draw-mark.ts'
import { askInOrder } from './ask-in-order.ts'
import { createModel, type ModelChoice } from './create-model.ts'
import { STEPS } from './steps.ts'

/** Which models are asked for which step, first to last, and within which bounds. */
export interface ModelSettings {
  readonly provider: string
  readonly choices: { readonly [S in ModelStep]: readonly [ModelChoice, ...ModelChoice[]] }
  /** One call, milliseconds. */
  readonly timeout_ms: number
  readonly max_output_tokens: number
}

/** The provider that asks language models; each call is booked, and none is repeated by the SDK itself. */
export function createModelProvider(settings: ModelSettings): LlmPort {
  const { provider, choices, timeout_ms, max_output_tokens } = settings
  return {
    provider,
    run: async (step, input, { signal, book }) => {
      signal.throwIfAborted()
      const { prompt_version, settle, ask } = STEPS[step]
      const [first] = choices[step]
      const settled = settle(input)
      if (settled !== null) {
        const usage = { input_tokens: 0, output_tokens: 0 }
        return { output: settled, model: first.model, provider: first.provider, prompt_version, usage }
      }
      let usage: ModelUsage = { input_tokens: 0, output_tokens: 0 }
      const spend = async (call: SpentCall): Promise<void> => {
        usage = {
          input_tokens: usage.input_tokens + call.input_tokens,
          output_tokens: usage.output_tokens + call.output_tokens,
        }
        await book?.(call)
      }
      return askInOrder(choices[step], async (choice) => {
        const { provider, model: name } = choice
        const bounds = { max_output_tokens, timeout_ms, signal, book: spend }
        const output = await ask(input, drawMark(), { model: createModel(choice), provider, name, ...bounds })
        return { output, model: name, provider, prompt_version, usage }
      })
    },
  }
}
