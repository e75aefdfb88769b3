import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const material: readonly TaskTemplate[] = [
  {
    id: 'collect-material',
    title: 'Collect material and evidence',
    what: 'Look for examples, data and images that carry your message; note the origin of each.',
    deliverable: 'A collection of material with origins',
    done: 'Each point you want to make has something to show for it.',
    minutes: ({ sources }) => 45 + sources * 15,
    after: ['note-message'],
    takes: ['sources', 'data', 'analysis'],
  },
  {
    id: 'outline-story',
    title: 'Outline the story',
    what: 'Order your points on cards or a page: what the audience should know at each step, and how long it may take.',
    deliverable: 'A storyboard with a time beside each step',
    done: 'The times add up to the time you are given.',
    minutes: ({ talk }) => 30 + talk * 2,
    after: ['note-message'],
    takes: ['outline', 'structure', 'length', 'question'],
  },
]

const make: readonly TaskTemplate[] = [
  {
    id: 'make-slides',
    title: 'Make the slides',
    what: 'Give each slide a single point, few words and something to look at; put origins on the slide.',
    deliverable: 'A complete set of slides',
    done: 'Every step of the storyboard has its slide, readable from the last row.',
    minutes: ({ slides, talk, items }) => 40 + Math.max(slides, talk) * 10 + items * 4,
    after: ['collect-material', 'outline-story'],
    takes: [
      'slides',
      'figures',
      'content',
      'deliverable',
      'format',
      'citations',
      'process',
      'method',
      'tool',
    ],
  },
  {
    id: 'write-cues',
    title: 'Note cues for speaking',
    what: 'Write key words for each slide, not sentences to read out; plan the change from each to the next.',
    deliverable: 'Cue cards or notes',
    done: 'You can speak to each slide from the key words alone.',
    minutes: ({ talk }) => 20 + talk * 3,
    after: ['outline-story'],
    takes: ['language', 'abstract'],
  },
]

const rehearse: readonly TaskTemplate[] = [
  {
    id: 'rehearse-alone',
    title: 'Rehearse with a clock',
    what: 'Speak aloud, standing, from start to end; note the time at each slide and where you stumble.',
    deliverable: 'A list of what to change',
    done: 'You have spoken the whole talk aloud and know how long it takes.',
    minutes: ({ talk }) => 20 + talk * 2,
    after: ['make-slides', 'write-cues'],
    takes: ['delivery'],
  },
  {
    id: 'revise-slides',
    title: 'Cut and mend',
    what: 'Cut what made you run over, mend what was unclear, and check every origin.',
    deliverable: 'The final slides',
    done: 'For each rubric criterion you can name the place in the talk that serves it.',
    minutes: ({ talk }) => 30 + talk * 2,
    after: ['rehearse-alone'],
    takes: [],
  },
  {
    id: 'rehearse-with-listener',
    title: 'Rehearse with a listener',
    what: 'Give the talk to a friend or a camera, and let them ask questions.',
    deliverable: 'Notes on questions you should expect',
    done: 'The talk keeps its time, and you have answered a question aloud.',
    minutes: ({ talk }) => 20 + talk * 2,
    after: ['revise-slides'],
    takes: ['replies'],
  },
]

/** A presentation: material beside story, slides beside cues, then rehearsal. */
export const presentation: GenreTemplate = {
  main: 'make-slides',
  usual: { talk: 10, sources: 3 },
  success: 'The audience can say your main point afterwards, within the time you were given',
  failureModes: [
    'Slides full of text that you read out.',
    'Running over time because the talk was never spoken aloud.',
    'Images and data without their origin.',
  ],
  risk: {
    risk: 'File, video or sound fails in the room.',
    impact: 'You lose speaking time.',
    mitigation: 'Keep a copy that needs no network, and try the room or the upload beforehand.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know who listens and what they should take away.',
      tasks: [
        ...OPENING,
        {
          id: 'note-message',
          title: 'Note your message',
          what: 'Write who listens, what they know already, and what they should remember the day after.',
          deliverable: 'A note on audience and message',
          done: 'You can say your message in a breath.',
          minutes: () => 20,
          after: AFTER_OPENING,
          takes: [],
        },
      ],
    },
    {
      id: 'material',
      title: 'Collect and order',
      purpose: 'Know what you say, and in which order.',
      tasks: material,
    },
    { id: 'make', title: 'Make slides and notes', purpose: 'Have everything you show and say.', tasks: make },
    { id: 'rehearse', title: 'Rehearse', purpose: 'Keep the time and lose the fear.', tasks: rehearse },
    closing(['rehearse-with-listener']),
  ],
}
