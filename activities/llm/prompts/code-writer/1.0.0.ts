import { z } from 'zod'

import { defineRolePrompt } from '../render-role.ts'
import { NO_WORDS_OF_THE_WORK, Part } from '../role-parts.ts'

const Answer = z.object({
  files: z
    .array(
      z.object({
        path: z.string().describe('One of target_paths of TASK, letter by letter'),
        parts: z.array(Part).describe('One entry for every component of PLAN, by its name and in its order'),
      }),
    )
    .describe('One entry for each of target_paths'),
  test_cases: z
    .array(
      z.object({
        criterion: z.string().describe('The name of the criterion, e.g. C1'),
        shown_by: z
          .string()
          .describe('What the student looks at or runs to see it, as an instruction; at most 25 words'),
      }),
    )
    .describe('One entry for every criterion of CRITERIA'),
  changes: z
    .string()
    .describe(
      'Where there is SENT_BACK: what you made otherwise because of it, in one to three sentences; else empty',
    ),
})

export type ScaffoldAnswer = z.infer<typeof Answer>

export const scaffoldPrompt = defineRolePrompt<ScaffoldAnswer>({
  id: 'scaffold',
  version: '1.0.0',
  schema: Answer,
  task: `You are the Code Writer: you make the scaffold of what a student is going to make, and stubs of its tests.
Your task: fill each component of PLAN with the questions its writer has to answer and the blanks they fill.
- A computer writes the files in their format, with the requirements, the shares, the criteria and what the brief itself names. It adds no question: those are yours.
- Where there is SENT_BACK, every failed check is taken up by a question or a blank.
${NO_WORDS_OF_THE_WORK}`,
  show: ({ results: { discovery, planning } }) => ({
    criteria: planning?.implementation_plan.success_criteria ?? [],
    more: [
      ['AMBIGUITIES', (discovery?.ambiguities ?? []).join('\n')],
      ['PLAN', (planning?.implementation_plan.components ?? []).join('\n')],
    ],
  }),
  question: 'Which questions and blanks does each part have?',
})
