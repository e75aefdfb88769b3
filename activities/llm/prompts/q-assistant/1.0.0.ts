// The one prompt of q_assistant: what it is told for each of its two phases, and for a task that makes nothing.

import { z } from 'zod'

import { defineRolePrompt } from '../render-role.ts'
import { NO_WORDS_OF_THE_WORK, Part } from '../role-parts.ts'

const VERSION = '1.0.0'
const ROLE =
  'You are the Q Assistant: you find out what a task asks before anything is made, and plan how its scaffold is built.'

const Discovery = z.object({
  demands: z
    .array(
      z.object({
        quote: z.string().describe('Words of a document that say it, letter by letter'),
        demand: z.string().describe('What the student has to do, as one short sentence'),
      }),
    )
    .describe('What the documents ask of this very task and REQUIREMENTS leaves out; usually empty'),
  ambiguities: z
    .array(
      z.object({
        quote: z
          .string()
          .describe('The unclear words, letter by letter; empty where something is not said at all'),
        question: z.string().describe('The question whose answer would settle it; at most 30 words'),
      }),
    )
    .describe('Vague words, missing counts, conflicts: at most eight'),
  risks: z
    .array(
      z.object({
        quote: z
          .string()
          .describe('The words the risk rests on, letter by letter; empty where there are none'),
        risk: z.string().describe('What may go wrong with this very task, in one sentence'),
        what_to_do: z.string().describe('What the student can do about it now, in one sentence'),
      }),
    )
    .describe('At most five'),
})

const Planning = z.object({
  components: z
    .array(
      z.object({
        name: z
          .string()
          .describe('The name of a part of the scaffold, two to six words, without colon and brackets'),
        purpose: z
          .string()
          .describe('What this part is for, as one instruction to the student; at most 20 words'),
        share: z.number().describe('Its share of the length or time in percent; 0 where it takes none'),
      }),
    )
    .describe('Three to twelve parts in their order'),
  test_strategy: z
    .string()
    .describe('How the student can tell, part by part, that the work holds; one to three instructions'),
})

const Guide = z.object({
  parts: z.array(Part).describe('Two to eight parts in the order they are worked through'),
})

export type DiscoverAnswer = z.infer<typeof Discovery>
export type ArrangeAnswer = z.infer<typeof Planning>
export type GuideAnswer = z.infer<typeof Guide>

export const discoverPrompt = defineRolePrompt<DiscoverAnswer>({
  id: 'discover',
  version: VERSION,
  schema: Discovery,
  task: `${ROLE}
Your task: say what is unclear in TASK and what could go wrong with it, and add what the documents ask of it beyond REQUIREMENTS.
- A question can be answered by the instructor or decided by the student; it never suggests its answer.
- No grade, no points, no link.`,
  show: () => ({ documents: true }),
  question: 'What does this task ask, what is unclear in it, and what could go wrong?',
})

export const arrangePrompt = defineRolePrompt<ArrangeAnswer>({
  id: 'arrange',
  version: VERSION,
  schema: Planning,
  task: `${ROLE}
Your task: name the parts of a scaffold for what TASK is to make, in the order they are worked through.
- A computer shares out the length and the time, writes the timeline and lists the success criteria: give shares only.
${NO_WORDS_OF_THE_WORK}`,
  show: ({ results }) => ({
    more: [['DISCOVERY', results.discovery === undefined ? '' : JSON.stringify(results.discovery)]],
  }),
  question: 'Which parts does the scaffold have?',
})

export const guidePrompt = defineRolePrompt<GuideAnswer>({
  id: 'guide',
  version: VERSION,
  schema: Guide,
  task: `${ROLE}
Your task: write a guide for TASK, which makes nothing of its own. For task_type read_sources: what to look for in each document, part by part. For settle_risk: how the student notices the risk, what they do now, what they do if it happens. For final_check: where to look in the finished work, and what to mend.
${NO_WORDS_OF_THE_WORK}`,
  show: () => ({ documents: true }),
  question: 'Which questions lead the student through this task?',
})
