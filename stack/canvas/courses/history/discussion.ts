import { brief } from '../../brief.ts'
import type { AssignmentSeed } from '../../seed.ts'
import type { Term } from '../../term.ts'

/** A discussion with two due dates; its prompt is the message of the topic, not a description. */
export function discussion(term: Term): AssignmentSeed {
  const firstPost = term.weekday(3, 6)
  const replies = firstPost.plus({ days: 4 })
  return {
    id: 5105n,
    name: 'Discussion 4: Who is allowed to count?',
    description: '',
    dueAt: replies,
    updatedAt: term.at(-2, '16:30'),
    points: 20,
    submissionTypes: ['discussion_topic'],
    topic: {
      id: 8805n,
      message: brief(import.meta.url, 'discussion.html', {}),
      requireInitialPost: true,
      requiredReplies: 2,
      checkpoints: [
        { tag: 'reply_to_topic', dueAt: firstPost, points: 12 },
        { tag: 'reply_to_entry', dueAt: replies, points: 8 },
      ],
    },
  }
}
