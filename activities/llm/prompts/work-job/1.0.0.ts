import { z } from 'zod'

import type { ModelSteps } from '../../port.ts'
import { renderData, renderInstructions, renderMark, type Prompt } from '../prompt.ts'

const Answer = z.object({
  title: z.string().describe('What the job is about, in at most twelve words'),
  checklist: z
    .array(z.string())
    .describe(
      'Two to ten steps in their order, each an instruction of at most 30 words that can be ticked off',
    ),
  questions: z
    .array(z.string())
    .describe('What has to be found out or decided before or during the work, at most six, each a question'),
})

export type WorkJobAnswer = z.infer<typeof Answer>

const TASK = `Your task: say how somebody goes about one job, so that they can begin.
- JOB is the job. CONTEXT, where there is one, is what was said above the list it stands in.
- You never do the job: no sentence, code or example of what it is to make, and no wording to take over.
- Each step says what to do and how to know that it is done. No step that JOB gives no reason for.
- A question asks for what JOB leaves open: an amount, a date, who it is for, what counts as done.`

export const workJobPrompt: Prompt<ModelSteps['work_job']['input'], WorkJobAnswer> = {
  id: 'work_job',
  version: '1.0.0',
  schema: Answer,
  render: ({ description, context }, mark) => ({
    instructions: renderInstructions('work_job', TASK, Answer),
    prompt: [
      renderMark(mark),
      ...(context.length === 0 ? [] : [renderData(mark, 'CONTEXT', context.join('\n\n'))]),
      renderData(mark, 'JOB', description),
      'How does somebody go about this job?',
    ].join('\n\n'),
  }),
}
