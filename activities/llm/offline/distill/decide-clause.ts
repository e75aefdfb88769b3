import type { Clause } from './clause.ts'
import { continuesList, isReason, PARTS } from './clause-parts.ts'
import type { Place } from './place.ts'
import { startsWithCommand } from './read-command.ts'
import { setsEvent } from './read-event.ts'
import { readFragment } from './read-fragments.ts'
import type { Modality } from './modality.ts'
import { readModality } from './read-modality.ts'
import { readQuestion } from './read-question.ts'
import { weighsGrade } from './read-penalty.ts'
import { readBehaviour, readStatement } from './read-statement.ts'
import type { SectionRole } from './section-role.ts'

const FIRM = /\b(?:must|required|mandatory|may not|not permitted|not allowed|prohibited)\b/iu
const COSTS_ALL = /\b(?:scores?|means?) (?:0|zero)\b|\bgets? (?:an? )?(?:zero|f)\b|\bfails?\b/iu
const WEIGHTED = /\bcounts? for\b|\bof (?:the|your) (?:final )?(?:grade|mark)\b/iu
const ALL_DO = /\b(?:everybody|everyone|each (?:member|student)) \p{L}+s\b/iu
const ADDRESSED = /\b(?:you|your|students?|groups?|teams?|each|every)\b/iu

function bindsIn(role: SectionRole, { text, quantities }: Clause, modality: Modality): boolean {
  if (role === 'outcomes' || role === 'caption') return FIRM.test(text) && ADDRESSED.test(text)
  if (role === 'background')
    return ADDRESSED.test(text) || startsWithCommand(text) || quantities.length > 0 || FIRM.test(text)
  if (role === 'tips') return FIRM.test(text) || WEIGHTED.test(text)
  return (
    role !== 'grading' ||
    modality !== 'must' ||
    quantities.length > 0 ||
    FIRM.test(text) ||
    COSTS_ALL.test(text) ||
    weighsGrade(text) ||
    ALL_DO.test(text) ||
    startsWithCommand(text)
  )
}

function inherited({ text, linked, held, conditions }: Clause): Modality | null {
  if (held === 'may' && linked && /^not (?:to|for|in|when|on|as)\b/iu.test(text)) return 'must_not'
  if (conditions) return 'must'
  return linked && (continuesList(text) || PARTS.noun.test(text)) ? held : null
}

/** Whether a clause asks for something where it stands, and how strongly; null when it only tells. */
export function decideClause(place: Place, clause: Clause): Modality | null {
  const { role, under, opening, block, trade } = place
  const { text, isFirst, whole } = clause
  const demands = under?.lead.form === 'demands' ? under.lead : null
  if (isReason(text) && clause.linked) return null
  // A bare word such as `can't`, and what is only cited, ask for nothing.
  if (!text.trim().includes(' ') && !startsWithCommand(text) && !/\p{L}{5}/u.test(text)) return null
  if (/^["“][^"”]+["”]$/u.test(text.trim())) return null
  const own = readModality(text)
  if (demands !== null) return own === 'must' ? demands.modality : (own ?? demands.modality)
  if (own === null && setsEvent(text) && role !== 'outcomes' && role !== 'caption') return 'must'
  const fragment = own === null ? readFragment(place, clause) : null
  const modality = own ?? inherited(clause) ?? fragment
  if (modality !== null) return fragment !== null || bindsIn(role, clause, modality) ? modality : null
  if (role !== 'demands' && role !== 'unknown') return null
  const titled = (isFirst && (opening.title !== null || block.kind === 'item')) || clause.held !== null
  const spoken = clause.follows ? text.replace(/^(?:it|they)(?= \p{L}+)/iu, 'The work') : text
  const stated =
    readStatement(spoken, titled || whole === text || spoken !== text) ?? readQuestion(place, text)
  return stated ?? (role === 'demands' && trade === 'program' ? readBehaviour(text) : null)
}
