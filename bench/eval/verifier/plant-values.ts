import { listPlanStrings } from '../../../activities/verify/plan-strings.ts'
import { readDates, withoutDates } from '../../../activities/verify/read-dates.ts'
import { readNumbers } from '../../../activities/verify/read-numbers.ts'
import type { Verifiable } from '../../../activities/verify/sources.ts'
import { withText, type Planter } from './planted.ts'

const DUE_STRATEGY = /\/due_strategy$/
const DIGITS = /(?<![\d.,:/-])\d+(?:,\d{3})*(?![\d:/-]|[.,]\d)/
const DAY =
  /\b(\d{1,2})(?= (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|(?<=(?:January|February|March|April|May|June|July|August|September|October|November|December) )(\d{1,2})\b/
const STATED = /^\/assignment_summary\/hard_constraints|^\/submission_strategy\/final_checklist/

const INVENTED_COUNTS = ['Use 17 counterexamples.', 'Interview nine experts.', 'Add at least 13 appendices.']

/** A count of the plan that says another number than its source. */
export const changeNumber: Planter = (sound) =>
  listPlanStrings(sound.plan).flatMap(({ pointer, text }) => {
    const isCount = !DUE_STRATEGY.test(pointer) && !pointer.startsWith('/risks/')
    const undated = withoutDates(text)
    const written = DIGITS.exec(undated)?.[0]
    if (!isCount || written === undefined || readNumbers(undated).every(({ unit }) => unit === null))
      return []
    if (undated !== text) return []
    const other = String(Number(written.replaceAll(',', '')) * 2 + 1)
    return [withText(sound, pointer, text.replace(DIGITS, other))]
  })

/** A constraint that keeps its place and its link, but loses its number. */
export const dropNumber: Planter = (sound) => {
  const counted = new Set(
    sound.distilled.requirements.flatMap(({ id, hard, kind, quantities }) =>
      hard && kind !== 'grading' && quantities.length > 0 ? [id] : [],
    ),
  )
  return sound.links.flatMap(({ pointer, requirement_ids }) =>
    pointer.startsWith('/assignment_summary/hard_constraints/') &&
    requirement_ids.some((id) => counted.has(id))
      ? [withText(sound, pointer, 'Do this as the instructions say.')]
      : [],
  )
}

/** A day of the instructor or of Canvas that became the day after it. */
export const moveDay: Planter = (sound) =>
  listPlanStrings(sound.plan).flatMap(({ pointer, text }) => {
    if (!STATED.test(pointer) || !DAY.test(text) || readDates(text).length === 0) return []
    const moved = text.replace(DAY, (day) => String((Number(day) % 28) + 1))
    return [withText(sound, pointer, moved)]
  })

/** The due date of Canvas, wherever the plan states it, exchanged with another day the instructor names. */
export const exchangeDays: Planter = (sound) => {
  const due = listPlanStrings(sound.plan).filter(
    ({ pointer, text }) => STATED.test(pointer) && /^Due [A-Z][a-z]{2} \d/.test(text),
  )
  const others = sound.distilled.dates.filter(({ agrees_with_canvas }) => agrees_with_canvas === false)
  return due.flatMap(({ pointer, text }) =>
    others
      .slice(0, 1)
      .map(({ text: day }) =>
        withText(
          sound,
          pointer,
          text.replace(/^Due [A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}/, `Due ${day}`),
        ),
      ),
  )
}

/** A count nobody asked for, at the end of what a task says. */
export const inventCount: Planter = (sound) =>
  descriptions(sound).map(({ pointer, text }, index) =>
    withText(sound, pointer, `${text} ${INVENTED_COUNTS[index % INVENTED_COUNTS.length] ?? ''}`),
  )

/** What the tasks of a plan say, with their places. */
export function descriptions({ plan }: Pick<Verifiable, 'plan'>) {
  return listPlanStrings(plan).filter(({ pointer }) => pointer.endsWith('/description'))
}
