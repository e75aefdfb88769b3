import { z } from 'zod'

import { LEDGER_STAGES } from './ledger-stages.ts'
import { Count, IsoTime } from './primitives.ts'

const counts = {
  calls: Count,
  failed_calls: Count,
  cached_calls: Count.meta({ description: 'Answered from what was asked before: nothing was sent' }),
  unsettled_calls: Count.meta({
    description: 'Under way, or cut off by a crash: what they cost is not known',
  }),
  unpriced_calls: Count.meta({ description: 'Of models without a price: not part of cost_micro_usd' }),
  input_tokens: Count,
  cached_input_tokens: Count,
  output_tokens: Count,
  reasoning_tokens: Count,
  cost_micro_usd: Count.meta({ description: 'Millionths of a US dollar' }),
}

const Budget = z.strictObject({ limit_tokens: Count, used_tokens: Count, left_tokens: Count })

/** What an assignment has cost in calls to models. */
export const ModelUsage = z
  .strictObject({
    generation: Count.nullable().meta({ description: 'Null when all generations are summed' }),
    total: z.strictObject(counts),
    by_stage: z.array(
      z.strictObject({
        stage: z.enum(LEDGER_STAGES).meta({
          description:
            'A stage of plan or feedback, a phase of a build of its masterplan, or guide: a task worked in one step',
        }),
        provider: z.string(),
        model: z.string(),
        ...counts,
      }),
    ),
    budget: z.strictObject({
      run: Budget.meta({ description: 'The plan of the newest generation' }),
      execution: Budget.nullable().meta({
        description: 'The execution of its masterplan; null while there is none',
      }),
      day: Budget.extend({ resets_at: IsoTime }).meta({ description: 'Everything of this user today, UTC' }),
    }),
  })
  .meta({ id: 'ModelUsage' })

export type ModelUsage = z.infer<typeof ModelUsage>
