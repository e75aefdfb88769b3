import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const post: readonly TaskTemplate[] = [
  {
    id: 'read-material',
    title: 'Read what the discussion is about',
    what: 'Read or watch the assigned material; mark passages you agree with, doubt or do not understand.',
    deliverable: 'Notes with places you can point to',
    done: 'You have found passages you could bring into the discussion.',
    minutes: ({ sources }) => 30 + sources * 20,
    after: AFTER_OPENING,
    takes: ['sources', 'data', 'tool'],
  },
  {
    id: 'write-post',
    title: 'Write your first post',
    what: 'Answer each part of the prompt from your notes, point to the material, and leave something others can answer.',
    deliverable: 'A draft of your post, kept outside Canvas until it is ready',
    done: 'Every part of the prompt is answered, and you point to the material.',
    minutes: ({ words, items }) => 20 + words / 6 + items * 4,
    after: ['note-points', 'read-material'],
    takes: [
      'content',
      'deliverable',
      'length',
      'structure',
      'format',
      'citations',
      'question',
      'analysis',
      'process',
      'method',
    ],
  },
  {
    id: 'publish-post',
    title: 'Check and publish your post',
    what: 'Read it aloud, compare it with the checklist, publish it, and look at it in the thread.',
    deliverable: 'Your post in the thread',
    done: 'The post stands in the right thread and reads as you meant it.',
    minutes: () => 15,
    after: ['write-post', 'ask-instructor'],
    takes: ['language', 'submission', 'deadline', 'lateness'],
  },
]

const replies: readonly TaskTemplate[] = [
  {
    id: 'read-posts',
    title: 'Read the posts of others',
    what: 'Read several threads; choose posts where you can add evidence, a question or a different view.',
    deliverable: 'A choice of posts to answer',
    done: 'For each post you chose you know what you would add.',
    minutes: () => 25,
    after: ['publish-post'],
    takes: [],
  },
  {
    id: 'write-replies',
    title: 'Write your replies',
    what: 'Take up what was said, add something new, and ask where you are not sure.',
    deliverable: 'Your replies in the thread',
    done: 'Each reply names what it answers and adds something of its own.',
    minutes: ({ replies }) => 15 + replies * 20,
    after: ['read-posts'],
    takes: ['replies', 'peer_review'],
  },
  {
    id: 'final-check',
    title: 'Go through the final checklist',
    what: 'Open the final checklist of this plan and tick every line with the thread in front of you.',
    deliverable: 'A ticked checklist',
    done: 'Every line of the final checklist is ticked, or mended and then ticked.',
    minutes: () => 10,
    after: ['write-replies', 'agree-roles'],
    takes: ['policy'],
  },
]

/** A discussion: read and think side by side, post, then reply; each half has its own date when Canvas sets checkpoints. */
export const discussion: GenreTemplate = {
  main: 'write-post',
  usual: { words: 250, sources: 1, replies: 2 },
  success: 'Your post answers the prompt and your replies carry the conversation further',
  failureModes: [
    'Replies that only agree.',
    'Posting so late that nobody can answer.',
    'Answering part of the prompt.',
  ],
  risk: {
    risk: 'Few posts are there when you want to reply.',
    impact: 'Your replies come late or to the same person.',
    mitigation: 'Post early, look into the thread the day after, and keep time for replies.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the prompt',
      purpose: 'Start small: know what is asked and what you already think.',
      tasks: [
        ...OPENING,
        {
          id: 'note-points',
          title: 'Note your first points',
          what: 'Answer each part of the prompt in key words, before you read further.',
          deliverable: 'Key words for each part of the prompt',
          done: 'No part of the prompt is left empty.',
          minutes: () => 15,
          after: AFTER_OPENING,
          takes: ['outline'],
        },
      ],
    },
    { id: 'post', title: 'Post', purpose: 'Give the others something to answer, in time.', tasks: post },
    { id: 'reply', title: 'Reply', purpose: 'Carry the conversation further.', tasks: replies },
  ],
}
