import type { Bench } from '../bench.ts'
import { between, part, several, type Form, type PartPlan } from './form.ts'

const SPEAKERS = /\b(?:every|each) member\b|\bgroups? of\b|\bteams? of\b/i

/** How many slides: what is asked for, else one for each minute and a half. */
function countSlides({ slides, size, minutes }: Bench): number {
  if (slides !== null) return between(2, slides.aim, 40)
  return between(4, (minutes?.aim ?? size.talk) / 1.5, 30)
}

function slidePart(number: number, count: number, speakers: boolean): PartPlan {
  const slots = ['Point, in key words', 'Shown, with its origin', ...(speakers ? ['Who speaks'] : [])]
  if (number === 1)
    return part('Slide 1, opening', 'Say what it is about and why it matters to these listeners.', {
      asks: ['What do the listeners know already?', 'Which question do they carry away from this slide?'],
      slots,
      weight: 1,
      takes: ['question', 'collaboration', 'delivery'],
    })
  if (number === count)
    return part(`Slide ${count}, close`, 'Leave one thing in their heads.', {
      asks: ['What should they remember the day after?', 'Which question do you expect?'],
      slots: [...slots, 'Question to expect'],
      weight: 1,
      takes: ['replies'],
    })
  return part(`Slide ${number}, step ${number - 1}`, 'Make one point and show it.', {
    asks: ['What is the one point?', 'What is there to look at instead of text?'],
    slots: [...slots, 'Leads on to'],
    weight: 1.5,
    takes:
      number === 2
        ? ([
            'content',
            'deliverable',
            'analysis',
            'data',
            'figures',
            'slides',
            'sources',
            'source',
            'citations',
            'format',
          ] as const)
        : [],
  })
}

/** A talk: a row for each slide, with times that add up to the time given. */
export const slides: Form = {
  id: 'slides',
  name: 'Storyboard',
  use: 'Fill in a point for each slide and speak it aloud with a clock. Change the times where you need to, but keep their sum.',
  counts: 'time',
  judged: true,
  parts: (bench) => {
    const count = countSlides(bench)
    const speakers = bench.input.requirements.some(({ statement }) => SPEAKERS.test(statement))
    return several(count, (number) => slidePart(number, count, speakers))
  },
}

/** Rehearsing: what to note while speaking. */
export const rehearsal: Form = {
  id: 'rehearsal',
  name: 'Rehearsal sheet',
  use: 'Speak the whole talk aloud, standing, with a clock in sight, and let somebody else fill this in if you can.',
  counts: null,
  parts: () => [
    part('Time', 'Know how long it takes.', {
      asks: ['At which slide were you after half of the time?', 'What can be left out?'],
      slots: ['Began', 'Half time at', 'Ended', 'To cut'],
      takes: ['length', 'delivery'],
    }),
    part('Stumbles', 'Mend the place, not the whole.', {
      asks: ['Where did you lose the thread?', 'Which slide needed an excuse?'],
      slots: ['Place', 'What to change'],
      takes: ['slides', 'figures', 'content'],
    }),
    part('Questions', 'Answer one aloud before somebody asks it.', {
      asks: ['Which question do you fear?', 'Which one would a beginner ask?'],
      slots: ['Question', 'Answer, in key words'],
      takes: ['replies', 'question'],
    }),
    part('The room', 'Try what can fail.', {
      asks: ['Which file, adapter or network do you depend on?', 'What do you do without it?'],
      slots: ['Depends on', 'Without it'],
      takes: ['tool', 'process', 'submission'],
    }),
  ],
}
