import type { WorkNote } from '../../../../contract/job-result.ts'
import { cutText } from '../../../../contract/text.ts'
import type { ModelSteps } from '../../port.ts'

const LONGEST_TITLE = 120
const LONGEST_QUOTED = 160
const MOST_STEPS = 12
const MOST_QUESTIONS = 6

const BULLET = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/u
const CLAUSE = /(?<=[.!?;])\s+|\n+/u
const VAGUE =
  /\b(?:some|several|few|many|various|enough|appropriate|relevant|suitable|short|long|brief|good|better|recent|etc|as needed|if possible)\b/iu
const AMOUNT = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|each|every|all|both)\b/iu
const WHEN =
  /\b(?:by|before|until|due|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|january|february|march|april|may|june|july|august|september|october|november|december)\b|\d{4}-\d{2}-\d{2}/iu
const CHOICE = /\b(?:or|either|optional|may|could)\b/iu

const tidy = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${cutText(text, most - 2).trimEnd()} …`
}

const quoted = (text: string): string => `“${shorten(text.replace(/[.;:]+$/u, ''), LONGEST_QUOTED)}”`

/** What a description asks for, piece by piece, in its own words and order. */
function listClauses(description: string): readonly string[] {
  const clauses = description
    .split(CLAUSE)
    .map((clause) => tidy(clause.replace(BULLET, '')))
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause))
  return [...new Set(clauses)]
}

function stepsOf(clauses: readonly string[]): string[] {
  const asked = clauses
    .slice(0, MOST_STEPS - 2)
    .map((clause) => `Do what is asked here, and tick it off once you can show it: ${quoted(clause)}.`)
  return [
    'Read the job once more, and write down in one line what there will be when it is done.',
    ...asked,
    'Hold what you have made against each line above before you call it done.',
  ]
}

function questionsOf(description: string, clauses: readonly string[]): string[] {
  const vague = clauses.flatMap((clause) => {
    const [word] = VAGUE.exec(clause) ?? []
    return word === undefined ? [] : [`What does “${word.toLowerCase()}” come to in ${quoted(clause)}?`]
  })
  const open = [
    ...(AMOUNT.test(description) ? [] : ['How much of it is asked for? No amount is named.']),
    ...(WHEN.test(description) ? [] : ['By when is it needed? No date is named.']),
    ...(CHOICE.test(description)
      ? ['Something is left to your choice: which way do you take, and why?']
      : []),
    'Who decides that it is done, and by what will they tell?',
  ]
  return [...vague, ...open].slice(0, MOST_QUESTIONS)
}

/** A note on a job by rules alone: what it asks for in its own words to tick off, and what it leaves open as questions. */
export function noteOffline({ description }: ModelSteps['work_job']['input']): WorkNote {
  const clauses = listClauses(description)
  const title = shorten(clauses[0] ?? tidy(description), LONGEST_TITLE)
  return { title, checklist: stepsOf(clauses), questions: questionsOf(description, clauses) }
}
