import { courseOf, idParam, Refusal, type Call } from '../call.ts'
import { list } from '../list.ts'
import { presentTopic } from '../present/topic.ts'
import { notFound } from '../protocol/refusals.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'

export const discussionRoutes: readonly Route[] = [
  {
    pattern: '/api/v1/courses/:courseId/discussion_topics',
    scope: 'url:GET|/api/v1/courses/:course_id/discussion_topics',
    tab: 'discussions',
    answer: (call) => list(call, topics(call)),
  },
  {
    pattern: '/api/v1/courses/:courseId/discussion_topics/:topicId',
    scope: 'url:GET|/api/v1/courses/:course_id/discussion_topics/:topic_id',
    answer: showTopic,
  },
]

function showTopic(call: Call) {
  const id = idParam(call, 'topicId')
  const topic = topics(call).find((candidate) => candidate.id === id)
  if (topic === undefined) throw new Refusal(notFound())
  return json(topic)
}

function topics(call: Call) {
  const course = courseOf(call)
  return course.assignments.flatMap((assignment) =>
    assignment.topic === undefined ? [] : [presentTopic(course, assignment, assignment.topic, call.origin)],
  )
}
