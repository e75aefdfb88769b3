import { listPlanStrings } from '../../../activities/verify/plan-strings.ts'
import { withText, type Planter } from './planted.ts'
import { descriptions } from './plant-values.ts'

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const COUNT = /(?<=\bat least )(?:[2-9]|10)\b(?![.,]?\d)/u

// Edits a good author could make: an alarm over one of them is a false one.

/** A count in words where it stood in digits. */
export const spellNumber: Planter = (sound) =>
  listPlanStrings(sound.plan).flatMap(({ pointer, text }) =>
    COUNT.test(text)
      ? [
          withText(
            sound,
            pointer,
            text.replace(COUNT, (digits) => WORDS[Number(digits)] ?? digits),
          ),
        ]
      : [],
  )

/** Advice on how to work, with a time of the plan's own. */
export const giveAdvice: Planter = (sound) =>
  descriptions(sound)
    .filter(({ pointer }) => !sound.links.some((link) => link.pointer === pointer))
    .map(({ pointer, text }) =>
      withText(sound, pointer, `${text} Give it 45 minutes, take a break, and read your notes once more.`),
    )

/** Another title for a milestone. */
export const retitle: Planter = (sound) =>
  sound.plan.milestones.map((_, index) => withText(sound, `/milestones/${index}/title`, 'Make good progress'))
