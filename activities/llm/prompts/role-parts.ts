import { z } from 'zod'

/** A part of a scaffold as a model thinks it: questions, labels of blanks, and what is met in it. */
export const Part = z.object({
  name: z.string().describe('Its name, without colon and brackets'),
  requirement_ids: z
    .array(z.string())
    .describe('Ids of the requirements that are met in this part; often empty'),
  asks: z
    .array(
      z.object({
        quote: z
          .string()
          .describe(
            'Words of a document or a requirement the question rests on, letter by letter; often empty',
          ),
        question: z.string().describe('A question the student asks themselves here; at most 25 words'),
      }),
    )
    .describe('One to four questions'),
  slots: z
    .array(z.string())
    .describe(
      'Labels of blanks the student fills, one to five, each of at most eight words and without an answer',
    ),
})

export type PartAnswer = z.infer<typeof Part>

/** What every role is told of the words it may use. */
export const NO_WORDS_OF_THE_WORK = `- A scaffold holds questions, labels of blanks and instructions. It never holds an answer, a thesis, a sentence, a reference, a value or a line of code of the work, not even as an example.
- No grade, no points, no link. Put nothing in quotation marks.
- Write no numbers, dates or counts: a computer adds them with the words of the sources.`
