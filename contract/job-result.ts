import { z } from 'zod'

/** What the one step of a submitted job leaves: how to go about it, never the work itself. */
export const WorkNote = z
  .strictObject({
    title: z.string().min(1).max(200),
    checklist: z.array(z.string().min(1).max(400)).min(1).max(20),
    questions: z.array(z.string().min(1).max(400)).max(10),
  })
  .meta({ id: 'WorkNote' })

export type WorkNote = z.infer<typeof WorkNote>
