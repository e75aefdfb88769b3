import type { CanvasContext } from '../../../contract/canvas-context.ts'
import type { SourceDocument } from '../port.ts'

const DOCUMENT_ID = '4f3c2b1a-0d9e-4c8b-a7f6-5e4d3c2b1a00'

/** A Canvas context that holds nothing but what is given. */
export function bareContext(
  assignment: Partial<CanvasContext['assignment']>,
  timeZone: string,
): CanvasContext {
  return {
    assignment: {
      id: '1',
      title: 'Assignment',
      description_html: null,
      due_at: null,
      lock_at: null,
      unlock_at: null,
      points_possible: null,
      grading_type: null,
      submission_types: ['online_upload'],
      allowed_extensions: [],
      allowed_attempts: null,
      group: false,
      peer_reviews: false,
      locked: false,
      lock_explanation: null,
      html_url: 'https://canvas.test/courses/1/assignments/1',
      updated_at: null,
      checkpoints: [],
      discussion_message_html: null,
      quiz: false,
      annotatable_file_id: null,
      attachments: [],
      ...assignment,
    },
    rubric: null,
    course: {
      id: '1',
      name: 'Course',
      code: null,
      time_zone: timeZone,
      syllabus_html: null,
      user_time_zone: null,
    },
  }
}

/** A stored document without pages. */
export function bareDocument(
  text: string,
  kind: SourceDocument['kind'] = 'description',
  id = DOCUMENT_ID,
): SourceDocument {
  return { document_id: id, kind, name: `${kind}.md`, text, pages: [] }
}
