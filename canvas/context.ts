import type { CanvasContext } from '../contract/canvas-context.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { describeAttachments } from './attachments.ts'
import type { CanvasClient } from './client.ts'
import { findLinks, type CanvasLink } from './links.ts'
import { normaliseContext } from './normalise.ts'
import { isBlankHtml, refusePlanning } from './refuse-unplannable.ts'
import type { CanvasAssignment, CanvasCourse } from './schemas.ts'
import { sideCall } from './side-call.ts'

export interface FetchedContext {
  readonly context: CanvasContext
  /** Sentences about what could not be read; none of them stops the run. */
  readonly warnings: string[]
}

/**
 * Reads everything Canvas knows about one assignment. Assignment and course must answer; topic, profile and files may
 * fail and leave a warning. Rejects with RunFailure, also for what is locked or cannot be planned.
 */
export async function fetchAssignmentContext(
  client: CanvasClient,
  courseId: string,
  assignmentId: string,
): Promise<FetchedContext> {
  const assignment = await client.assignment(courseId, assignmentId)
  const [course, profile] = await Promise.all([client.course(courseId), sideCall(client.profile())])
  const userTimeZone = profile instanceof RunFailure ? null : profile.time_zone
  const refusal = refusePlanning(assignment, userTimeZone ?? course.time_zone)
  if (refusal !== null) throw refusal

  const topic = await readDiscussion(client, courseId, assignment)
  const html = [assignment.description, topic.message].map((part) => part ?? '').join('\n')
  const links = withAnnotatable(findLinks(html, client.origin), assignment)
  const files = await describeAttachments(client, courseId, links)
  const context = normaliseContext({
    origin: client.origin,
    courseId,
    assignment,
    course,
    userTimeZone,
    discussionMessage: topic.message,
    attachments: files.attachments,
  })
  return {
    context,
    warnings: [...topic.warnings, ...warnOfGaps(assignment, course, links), ...files.warnings],
  }
}

async function readDiscussion(
  client: CanvasClient,
  courseId: string,
  { discussion_topic }: CanvasAssignment,
): Promise<{ message: string | null; warnings: string[] }> {
  if (discussion_topic === null) return { message: null, warnings: [] }
  if (discussion_topic.message !== null || discussion_topic.id === null) {
    return { message: discussion_topic.message, warnings: [] }
  }
  const topic = await sideCall(client.discussionTopic(courseId, discussion_topic.id))
  if (!(topic instanceof RunFailure)) return { message: topic.message, warnings: [] }
  return {
    message: null,
    warnings: [
      'The discussion of this assignment could not be read. Check its prompt in Canvas against the plan.',
    ],
  }
}

function withAnnotatable(links: CanvasLink[], { annotatable_attachment_id }: CanvasAssignment): CanvasLink[] {
  if (annotatable_attachment_id === null) return links
  if (links.some(({ kind, id }) => kind === 'file' && id === annotatable_attachment_id)) return links
  return [
    ...links,
    { kind: 'file', course_id: null, id: annotatable_attachment_id, label: 'Document to annotate' },
  ]
}

function warnOfGaps(
  assignment: CanvasAssignment,
  course: CanvasCourse,
  links: readonly CanvasLink[],
): string[] {
  const warnings: string[] = []
  const dates = assignment.all_dates_count ?? new Set(assignment.all_dates?.map(({ due_at }) => due_at)).size
  if (course.syllabus_body === undefined) {
    warnings.push('Canvas did not send the syllabus. Check it yourself for rules on the use of AI.')
  }
  if (dates > 1) {
    warnings.push(`The assignment has ${dates} due dates; the plan keeps to the one Canvas shows for you.`)
  }
  if (assignment.can_submit === false) {
    warnings.push('Canvas does not take a submission from you now. Check the dates and attempts in Canvas.')
  }
  if (
    isBlankHtml(assignment.description) &&
    (assignment.submission_types?.includes('external_tool') ?? false)
  ) {
    warnings.push(
      'The instructions may be in an external tool, which is not read. Check it against the plan.',
    )
  }
  for (const { kind, label, id } of links) {
    if (kind === 'file') continue
    warnings.push(
      `The description links to the ${kind} “${label ?? id}”, which is not read. Check it against the plan.`,
    )
  }
  return warnings
}
