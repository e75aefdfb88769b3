import type { AssignmentSeed, CourseSeed, TopicSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'

/** The DiscussionTopic object of Canvas. */
export function presentTopic(
  course: CourseSeed,
  assignment: AssignmentSeed,
  topic: TopicSeed,
  origin: string,
) {
  return {
    id: topic.id,
    title: assignment.name,
    message: topic.message,
    html_url: `${origin}/courses/${course.id}/discussion_topics/${topic.id}`,
    posted_at: isoUtc(assignment.updatedAt),
    last_reply_at: null,
    require_initial_post: topic.requireInitialPost,
    user_can_see_posts: !topic.requireInitialPost,
    discussion_subentry_count: 11,
    reply_to_entry_required_count: topic.requiredReplies,
    read_state: 'unread',
    unread_count: 11,
    subscribed: false,
    assignment_id: assignment.id,
    discussion_type: 'threaded',
    published: true,
    locked: false,
    pinned: false,
    author: { id: 3101n, display_name: 'Dr. Helen Marsh' },
    attachments: [],
    permissions: { attach: true, update: false, reply: true, delete: false },
  }
}

/** The checkpoint fields: two due dates in one assignment, one to post and one to answer others. */
export function presentCheckpoints(assignment: AssignmentSeed): Record<string, unknown> {
  const checkpoints = assignment.topic?.checkpoints ?? []
  if (checkpoints.length === 0) return { has_sub_assignments: false }
  return {
    has_sub_assignments: true,
    checkpoints: checkpoints.map((checkpoint) => ({
      tag: checkpoint.tag,
      name: assignment.name,
      points_possible: checkpoint.points,
      due_at: isoUtc(checkpoint.dueAt),
      unlock_at: null,
      lock_at: null,
      only_visible_to_overrides: false,
      overrides: [],
    })),
  }
}
