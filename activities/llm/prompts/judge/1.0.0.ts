import { z } from 'zod'

import type { ModelSteps } from '../../port.ts'
import { renderData, renderInstructions, renderMark, type Prompt } from '../prompt.ts'

const Answer = z.object({
  verdicts: z
    .array(
      z.object({
        claim: z.string().describe('The name of the claim, e.g. C1'),
        reason: z
          .string()
          .describe('In one short sentence, what in the quote supports or contradicts the claim'),
        verdict: z
          .enum(['entailed', 'contradicted', 'not_found'])
          .describe(
            'entailed: the quote says all of the claim; contradicted: the quote says something else about the same matter; not_found: the quote does not speak of it',
          ),
      }),
    )
    .describe('One verdict for every claim, in the order of the claims'),
})

export type JudgeAnswer = z.infer<typeof Answer>

const TASK = `Your task: judge claims by the quote each one rests on, and by nothing else.
- A claim may be shorter than its quote and may turn it into an imperative; that is entailed.
- Another number, unit, date or file type, a missing "not", or must where the quote says may is contradicted.
- Judge each claim for itself. You do not know who made it, and it does not matter.`

/** The name a model knows a claim by. */
export function nameClaim(index: number): string {
  return `C${index + 1}`
}

export const judgePrompt: Prompt<ModelSteps['judge']['input'], JudgeAnswer> = {
  id: 'judge',
  version: '1.0.0',
  schema: Answer,
  render: ({ claims }, mark) => ({
    instructions: renderInstructions('judge', TASK, Answer),
    prompt: [
      renderMark(mark),
      ...claims.map(({ claim, quote }, index) =>
        renderData(mark, nameClaim(index), `claim: ${claim}\nquote: ${quote}`),
      ),
      'Does each quote support its claim?',
    ].join('\n\n'),
  }),
}
