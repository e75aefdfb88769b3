import { z } from 'zod'

import { CanvasId, Count, IsoTime } from './primitives.ts'

const Time = IsoTime.nullable()
const Text = z.string().nullable()
const Points = z.number().nullable()

/** A file the assignment points to, as Canvas described it when the context was read. */
const Attachment = z.strictObject({
  file_id: CanvasId,
  /** The course the link names; a file may live in another course than the assignment. */
  course_id: CanvasId.nullable(),
  name: z.string(),
  content_type: Text,
  size: Count.nullable(),
  /** Where its bytes are: on Canvas, in a storage behind it, nowhere (locked, unpublished, gone), or not known yet. */
  url_kind: z.enum(['canvas', 'storage', 'none', 'unknown']),
})

const Assignment = z.strictObject({
  id: CanvasId,
  title: z.string(),
  description_html: Text,
  due_at: Time,
  lock_at: Time,
  unlock_at: Time,
  points_possible: Points,
  grading_type: Text,
  submission_types: z.array(z.string()),
  allowed_extensions: z.array(z.string()),
  /** Number of attempts, null when unlimited. */
  allowed_attempts: z.int().min(1).nullable(),
  group: z.boolean(),
  peer_reviews: z.boolean(),
  locked: z.boolean(),
  lock_explanation: Text,
  html_url: z.string(),
  updated_at: Time,
  checkpoints: z.array(z.strictObject({ tag: z.string(), due_at: Time, points: Points })),
  discussion_message_html: Text,
  quiz: z.boolean(),
  annotatable_file_id: CanvasId.nullable(),
  attachments: z.array(Attachment),
})

const Rating = z.strictObject({ description: z.string(), long_description: Text, points: Points })

const Rubric = z.strictObject({
  title: Text,
  points_possible: Points,
  hide_points: z.boolean(),
  used_for_grading: z.boolean(),
  criteria: z.array(
    z.strictObject({
      id: z.string(),
      description: z.string(),
      long_description: Text,
      points: Points,
      ratings: z.array(Rating),
    }),
  ),
})

const Course = z.strictObject({
  id: CanvasId,
  name: z.string(),
  code: Text,
  time_zone: Text,
  syllabus_html: Text,
  /** The zone the student set in Canvas, which may differ from the course's. */
  user_time_zone: Text,
})

/** What Canvas says of one assignment, read fresh for every planning run; its HTML is data and never instruction. */
export const CanvasContext = z.strictObject({
  assignment: Assignment,
  rubric: Rubric.nullable(),
  course: Course,
})

export type CanvasContext = z.infer<typeof CanvasContext>
export type CanvasAttachment = z.infer<typeof Attachment>
