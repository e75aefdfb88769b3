import { DATE_WORDS } from './read-dates.ts'

const EVENT = String.raw`(?:presentations?|talks?|pitch(?:es)?|demonstrations?|demos?|defen[cs]es?|vivas?|oral exams?|(?:public )?hearings?|debates?|(?:poster|review|peer review|critique|presentation|feedback) sessions?|critiques?|exhibitions?|showcases?|screenings?|workshops?|conferences?|excursions?|field (?:trips?|days?)|site visits?|colloquium|symposium)`
const TAKES_PLACE = new RegExp(
  String.raw`^(?:(?:the|your|our|all|both|each|every) )?(?:[\p{L}-]+ ){0,2}?${EVENT} (?:(?:will )?(?:takes? place|happens?|begins?|starts?)|(?:is|are|will be) (?:held|given|scheduled|due)|(?:is|are|will be)(?= (?:on|in|at)\b)) (?<when>.*)$`,
  'iu',
)
const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b/iu
const CLOCK = /\b\d{1,2}:\d{2}\b|\b\d{1,2} ?[ap]\.?m\b/iu
const WEEK = /\bweeks? \d{1,2}\b/iu

/** Whether a clause sets the day of something the student takes part in, `The talks take place on 17 December, 14:00`. */
export function setsEvent(clause: string): boolean {
  const when = TAKES_PLACE.exec(clause)?.groups?.['when']
  if (when === undefined) return false
  return DATE_WORDS.test(when) || WEEK.test(when) || (WEEKDAY.test(when) && CLOCK.test(when))
}
