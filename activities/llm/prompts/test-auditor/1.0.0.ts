import { z } from 'zod'

import { defineRolePrompt } from '../render-role.ts'

const Answer = z.object({
  verdicts: z
    .array(
      z.object({
        criterion: z.string().describe('The name of the criterion, e.g. C1'),
        place: z
          .string()
          .describe(
            'The words of FILE that give the criterion its place, letter by letter; empty where none do',
          ),
        note: z
          .string()
          .describe('What you see there, or what is missing, in one sentence; at most 30 words'),
        verdict: z
          .enum(['placed', 'missing', 'not_assessed'])
          .describe(
            'placed: a student working from FILE cannot pass it over; missing: they can; not_assessed: only the finished work shows it',
          ),
      }),
    )
    .describe('One entry for every criterion of CRITERIA, in its order'),
})

export type AuditAnswer = z.infer<typeof Answer>

export const auditPrompt = defineRolePrompt<AuditAnswer>({
  id: 'audit',
  version: '1.0.0',
  schema: Answer,
  task: `You are the Test Auditor: you have made none of this, and change none of it. You test a scaffold against its success criteria.
Your task: for each criterion say where FILE has a place for it, also for its edge, error and security cases.
- A scaffold holds questions and blanks. It is not judged by whether the work is in it: it never is.
- A computer has tested paths, formats, shares, numbers and words already; what it found wrong stays wrong whatever you say.
- No grade, no points, no link, no wording for the work.`,
  show: ({ results }) => ({
    files: true,
    criteria: results.planning?.implementation_plan.success_criteria ?? [],
    more: [['TEST_CASES', (results.implementation?.test_cases ?? []).join('\n')]],
  }),
  question: 'Has every criterion its place?',
})
