import { readLengthOfEach } from '../read-length.ts'
import { between, part, several, type Form } from './form.ts'

/** A first post: each part of the prompt, the places it points to, and a question left for others. */
export const post: Form = {
  id: 'post',
  name: 'Post sheet',
  use: 'Answer in key words with the page beside them. The post itself you write in your own words, outside Canvas first.',
  counts: 'words',
  judged: true,
  parts: ({ size }) => [
    part('What the prompt asks', 'Answer every part of it, and only the parts you choose.', {
      asks: [
        'Which part or question do you answer?',
        'What does it ask you to do: describe, compare, argue?',
      ],
      slots: ['I answer', 'It asks me to'],
      takes: ['structure', 'process', 'format', 'reading'],
    }),
    part('Your answer', 'Say what you think, so that somebody can disagree.', {
      asks: ['What do you claim?', 'Which word of it could be argued about?'],
      slots: ['Claim, in key words', 'Because'],
      weight: 3,
      takes: ['content', 'deliverable', 'question', 'analysis', 'length'],
    }),
    part('Places you refer to', 'Let others look it up.', {
      asks: ['Which passage carries your answer?', 'What does it say, and what not?'],
      slots: several(between(1, size.sources, 4), () => 'Text, page, and the words you point to'),
      weight: 3,
      takes: ['sources', 'source', 'citations', 'data', 'figures'],
    }),
    part('A question for others', 'Leave something that can be answered from the material.', {
      asks: ['Who could answer it, and from where?', 'Can it be answered with yes? Then ask again.'],
      slots: ['Question, in key words'],
      weight: 1,
      takes: ['replies'],
    }),
  ],
}

const REPLY = /\brepl(?:y|ies)\b|\bresponses?\b/i

/** Replies: whom they answer and what each adds. */
export const replies: Form = {
  id: 'replies',
  name: 'Reply sheet',
  use: 'Read several threads before you choose. A reply that only agrees is not yet one.',
  counts: 'words',
  judged: true,
  parts: ({ input, size }) => {
    const each = readLengthOfEach(input.requirements, REPLY)
    return several(between(1, size.replies || 2, 6), (number) =>
      part(`Reply ${number}`, 'Take up a claim and add something of your own.', {
        asks: [
          'Which claim do you answer, in its own words?',
          'What do you add: evidence, a counterexample, a question?',
        ],
        slots: ['To whom, which post', 'Claim you answer', 'What you add', 'Text and page'],
        weight: each === null ? 0 : 1,
        takes:
          number === 1
            ? ([
                'replies',
                'peer_review',
                'content',
                'collaboration',
                'length',
                'citations',
                'source',
                'sources',
              ] as const)
            : [],
      }),
    )
  },
}
