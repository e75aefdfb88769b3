import { z } from 'zod'

// Canvas leaves out what a role may not see and what an older install does not know: only ids are certain.
const Id = z.union([z.string().min(1), z.int()]).transform(String)
const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? null)
const text = maybe(z.string())
const number = maybe(z.number())
const flag = maybe(z.boolean())
const id = maybe(Id)

export const CanvasUser = z.object({ id: Id })

export const CanvasProfile = z.object({ id: Id, time_zone: text })

export const CanvasCourse = z.object({
  id: Id,
  name: text,
  course_code: text,
  time_zone: text,
  // Absent (stripped by a scoped key) and null (no syllabus) are different things to a reader.
  syllabus_body: z.string().nullish(),
  access_restricted_by_date: flag,
})

export const CanvasFile = z.object({
  id: Id,
  display_name: text,
  filename: text,
  'content-type': text,
  size: number,
  url: text,
  locked_for_user: flag,
})

export const CanvasTopic = z.object({ id: Id, title: text, message: text })

const Rating = z.object({ description: text, long_description: text, points: number })

const Criterion = z.object({
  id,
  description: text,
  long_description: text,
  points: number,
  ratings: maybe(z.array(Rating)),
})

const RubricSettings = z.object({ title: text, points_possible: number, hide_points: flag })

const Checkpoint = z.object({ tag: text, due_at: text, points_possible: number })

export const CanvasAssignment = z.object({
  id: Id,
  name: text,
  description: text,
  due_at: text,
  lock_at: text,
  unlock_at: text,
  points_possible: number,
  grading_type: text,
  submission_types: maybe(z.array(z.string())),
  allowed_extensions: maybe(z.array(z.string())),
  allowed_attempts: number,
  group_category_id: id,
  peer_reviews: flag,
  locked_for_user: flag,
  lock_explanation: text,
  lock_info: maybe(z.object({ unlock_at: text, lock_at: text })),
  html_url: text,
  updated_at: text,
  can_submit: flag,
  all_dates: maybe(z.array(z.object({ due_at: text }))),
  all_dates_count: number,
  checkpoints: maybe(z.array(Checkpoint)),
  discussion_topic: maybe(z.object({ id, message: text })),
  quiz_id: id,
  is_quiz_assignment: flag,
  is_quiz_lti_assignment: flag,
  require_lockdown_browser: flag,
  annotatable_attachment_id: id,
  rubric: maybe(z.array(Criterion)),
  rubric_settings: maybe(RubricSettings),
  use_rubric_for_grading: flag,
})

export const CanvasAssignmentRow = z.object({ id: Id, name: text, due_at: text, html_url: text })

export type CanvasProfile = z.infer<typeof CanvasProfile>
export type CanvasCourse = z.infer<typeof CanvasCourse>
export type CanvasFile = z.infer<typeof CanvasFile>
export type CanvasTopic = z.infer<typeof CanvasTopic>
export type CanvasAssignment = z.infer<typeof CanvasAssignment>
export type CanvasAssignmentRow = z.infer<typeof CanvasAssignmentRow>
