import { part, type Form } from './form.ts'

/** First ideas, before anything is read: what its writer thinks and wonders. */
export const ideas: Form = {
  id: 'ideas',
  name: 'First ideas',
  use: 'Look nothing up. Write key words, as they come; nothing here has to be right.',
  counts: null,
  alone: () => false,
  parts: () => [
    part('What you already think', 'Know what you bring before others tell you.', {
      asks: ['What would you answer if you had to answer now?', 'Where does that come from?'],
      slots: ['I think', 'Because I have heard or seen'],
    }),
    part('What you wonder', 'Find a question you would like to answer.', {
      asks: ['What surprises you about it?', 'What would you ask somebody who was there?'],
      slots: ['Question', 'Question', 'The one I like best'],
    }),
    part('What you would need to know', 'Know what to look for first.', {
      asks: ['What would make you change your mind?', 'Which word would you have to explain?'],
      slots: ['To find out', 'Words to search with'],
    }),
  ],
}
