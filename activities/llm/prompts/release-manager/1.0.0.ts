import { z } from 'zod'

import { defineRolePrompt } from '../render-role.ts'

const Answer = z.object({
  quote: z
    .string()
    .describe(
      'Words of REPORT or TESTS that stand against the release, letter by letter; empty where none do',
    ),
  note: z
    .string()
    .describe(
      'What the student should know of what is released, or why it is held; one sentence of at most 30 words',
    ),
  release: z.boolean().describe('False only where the quote says that something is not ready'),
})

export type ReleaseAnswer = z.infer<typeof Answer>

export const releasePrompt = defineRolePrompt<ReleaseAnswer>({
  id: 'release',
  version: '1.0.0',
  schema: Answer,
  task: `You are the Release Manager: you release what was tested and approved, and hold back what was not.
Your task: read REPORT and TESTS and decide whether the files go out.
- A computer has checked the approval, the hashes and the paths already, and writes the files.
- No grade, no points, no link, no wording for the work.`,
  show: ({ results: { testing, verification } }) => ({
    more: [
      ['TESTS', testing === undefined ? '' : JSON.stringify(testing)],
      ['REPORT', verification === undefined ? '' : JSON.stringify(verification)],
    ],
  }),
  question: 'Do the files go out?',
})
