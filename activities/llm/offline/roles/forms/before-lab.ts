import { blankRow, part, several, type Form } from './form.ts'

/** Getting ready to measure: what is to be answered, what is needed, and what must not happen. */
export const preparation: Form = {
  id: 'preparation',
  name: 'Preparation sheet',
  use: 'Fill it in before the day. Answers that are handed in or shown you write on the sheet of your course.',
  counts: null,
  parts: () => [
    part('What has to be answered first', 'Know what you may not begin without.', {
      asks: ['What do you have to show, to whom, and when?', 'Which question can you not answer yet?'],
      slots: ['Shown to, on', 'Answer, in key words', 'Still open'],
      takes: ['content', 'question', 'data', 'analysis', 'length', 'process', 'preparation', 'abstract'],
    }),
    part('What you need', 'Have everything in hand on the day.', {
      asks: ['What has to be borrowed or reserved, and how long before?', 'What do you record on?'],
      slots: ['Thing, from where, reserved on', 'Recorded on'],
      takes: ['tool', 'method'],
    }),
    part('What must not happen', 'Know the rules of safety by heart.', {
      asks: ['What is dangerous here, and how do you notice it?', 'Whom do you call, and who is with you?'],
      slots: ['Danger, and its first sign', 'I call', 'With me'],
      takes: ['safety'],
    }),
  ],
}

const COLUMNS = ['Date and time', 'Series or place', 'Set to', 'Value', 'Unit', 'Uncertainty', 'What was odd']

/** A session of measuring: what is measured, under which conditions, and what was odd. */
export const session: Form = {
  id: 'session',
  name: 'Session record',
  use: 'Plan the session with it. Record the values where the instructions want them, and copy nothing from memory.',
  counts: null,
  parts: () => [
    part('Before the first value', 'Know how often, how long and in which order you measure.', {
      asks: [
        'Which series need a wait or a change of setting between them?',
        'On which days can you measure, and when could you repeat it?',
      ],
      slots: ['Order of the series', 'Days, and days to repeat'],
      takes: ['measuring', 'data', 'content', 'length', 'process', 'collaboration'],
    }),
    part('While you measure', 'Note at once what nobody can find out later.', {
      asks: ['Which value would you doubt tomorrow?', 'What went differently from the plan?'],
      slots: ['Set-up and instrument', 'Departed from the plan'],
      takes: ['method', 'format', 'tool'],
    }),
    part('Before you leave', 'Leave nothing that you would have to come back for.', {
      asks: ['Which row of the sheet has no value yet?', 'Who signs, and what is photographed?'],
      slots: ['Missing', 'Signed or photographed'],
      takes: ['safety', 'submission'],
    }),
  ],
  grid: () => ({ caption: 'Values', columns: COLUMNS, rows: several(8, () => blankRow(COLUMNS.length)) }),
}
