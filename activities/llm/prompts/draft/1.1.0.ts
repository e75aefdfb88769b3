import { z } from 'zod'

import type { ModelSteps } from '../../port.ts'
import { renderData, renderInstructions, renderMark, type Prompt } from '../prompt.ts'

const Task = z.object({
  requirement_ids: z
    .array(z.string())
    .describe('Ids of the requirements this task answers; empty for work on the way'),
  criterion_ids: z.array(z.string()).describe('Ids of the rubric criteria this task serves; often empty'),
  id: z.string().describe('A short name of lower-case words joined by hyphens, unique in the plan'),
  title: z.string().describe('What to do, as a short imperative'),
  what: z
    .string()
    .describe('How to go about it, in one to three sentences to the student; no part of the work itself'),
  deliverable: z.string().describe('What the student has in hand afterwards, as a short noun phrase'),
  done: z.string().describe('How the student can tell that it is done, in one sentence'),
  minutes: z.number().describe('Minutes of work a usual student needs'),
  depends_on: z.array(z.string()).describe('Ids of earlier tasks this one has to wait for'),
})

const Answer = z.object({
  milestones: z
    .array(
      z.object({
        id: z.string().describe('A short name of lower-case words joined by hyphens, unique in the plan'),
        title: z.string(),
        purpose: z.string().describe('Why this part comes here, in one sentence'),
        tasks: z.array(Task),
      }),
    )
    .describe('Three to six parts of the work in their order'),
  risks: z
    .array(
      z.object({
        risk: z.string().describe('What may go wrong with this very work'),
        impact: z.string(),
        mitigation: z.string().describe('What the student can do about it now'),
      }),
    )
    .describe('One to three'),
  failure_modes: z.array(z.string()).describe('How work of this sort usually fails, two to four sentences'),
  success: z.string().describe('What the finished work does, in one sentence that begins with "The work"'),
})

export type DraftAnswer = z.infer<typeof Answer>

const TASK = `Your task: draft the way of working for this assignment, as milestones with tasks.
- Every requirement is answered by one task: name its id there. Every rubric criterion is served by one task.
- A task takes between ten minutes and four hours. Start with something small; leave time for revision and for handing in.
- Write no numbers, dates, times, file names or file types: a computer adds those of the requirements you name, with the words of the source. "each source", not "five sources".
- Put nothing in quotation marks.
- Requirements that share an alternative_group are options: one task chooses between them.
- A task waits only for tasks that come before it, and every task but the first waits for at least one.`

function outline({ context, distilled, now }: ModelSteps['draft']['input']): string {
  const { assignment, rubric } = context
  return JSON.stringify({
    title: assignment.title,
    genre: distilled.genre,
    objective: distilled.objective,
    // The day is all that matters, and it lets everyone of a course ask the same question.
    today: now.slice(0, 'yyyy-mm-dd'.length),
    due_at: assignment.due_at,
    points_possible: assignment.points_possible,
    group: assignment.group,
    peer_reviews: assignment.peer_reviews,
    rubric: (rubric?.criteria ?? []).map(({ id, description, long_description }) => ({
      id,
      description,
      long_description,
    })),
    open_questions: distilled.open_questions,
  })
}

function listRequirements({ distilled }: ModelSteps['draft']['input']): string {
  return distilled.requirements
    .map(({ id, kind, modality, statement, alternative_group, criterion_id, evidence }) =>
      JSON.stringify({
        id,
        kind,
        modality,
        statement,
        alternative_group,
        criterion_id,
        quote: evidence[0]?.quote ?? '',
      }),
    )
    .join('\n')
}

export const draftPrompt: Prompt<ModelSteps['draft']['input'], DraftAnswer> = {
  id: 'draft',
  version: '1.1.0',
  schema: Answer,
  render: (input, mark) => ({
    instructions: renderInstructions('draft', TASK, Answer),
    prompt: [
      renderMark(mark),
      renderData(mark, 'ASSIGNMENT', outline(input)),
      renderData(mark, 'REQUIREMENTS', listRequirements(input)),
      ...(input.rejection_reason === null
        ? []
        : [
            renderData(mark, 'REJECTION', input.rejection_reason),
            'REJECTION is what the student said of the plan before this one. Draft one it does not apply to, within the rules above.',
          ]),
      ...(input.findings === undefined || input.findings.length === 0
        ? []
        : [
            renderData(mark, 'FINDINGS', input.findings.join('\n')),
            'FINDINGS is what a check found wrong with the plan before this one. Draft one it does not apply to, within the rules above.',
          ]),
      'How should the student go about this work?',
    ].join('\n\n'),
  }),
}
