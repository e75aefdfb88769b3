import type { PlannedPart } from '../../offline/roles/compose-scaffold.ts'
import type { PartAnswer } from '../../prompts/role-parts.ts'
import { sayQuote, type RoleBench } from './role-bench.ts'
import { keep, refuse, sift, type Sifted } from './sift.ts'

const MOST_ASKS = 6
const MOST_SLOTS = 8
const MOST_ASK_WORDS = 35
const MOST_SLOT_WORDS = 12

/** The questions of a part that may be asked, each with its quote. */
function readAsks(at: string, { asks }: PartAnswer, { refusalOf, locate }: RoleBench): Sifted<string> {
  return sift(`${at}.asks`, asks, MOST_ASKS, ({ quote, question }) => {
    const why = refusalOf(question, MOST_ASK_WORDS)
    if (why !== null) return refuse(why)
    if (!question.trim().endsWith('?')) return refuse('it is not a question')
    if (quote.trim() === '') return keep(question.trim())
    const found = locate(quote)
    return found === null
      ? refuse('its quote stands in no source, letter by letter')
      : keep(`${question.trim()}${sayQuote(found)}`)
  })
}

/** The labels of blanks that may stand there. */
function readSlots(at: string, { slots }: PartAnswer, { refusalOf }: RoleBench): Sifted<string> {
  return sift(`${at}.slots`, slots, MOST_SLOTS, (slot) => {
    const label = slot.trim().replace(/:\s*_*$/, '')
    const why = refusalOf(label, MOST_SLOT_WORDS)
    if (why !== null) return refuse(why)
    return /[.!?]$/.test(label) ? refuse('it is a sentence and not a label') : keep(label)
  })
}

/** A part with what a model asks in it; where nothing of that may be used, with what the rules ask. */
export function readPart(
  at: string,
  answer: PartAnswer,
  plan: PlannedPart,
  bench: RoleBench,
): { readonly part: PlannedPart; readonly sifted: readonly Sifted<string>[] } {
  const asks = readAsks(at, answer, bench)
  const slots = readSlots(at, answer, bench)
  return {
    part: {
      ...plan,
      asks: asks.kept.length === 0 ? plan.asks : asks.kept,
      slots: slots.kept.length === 0 ? plan.slots : slots.kept,
      requirement_ids: answer.requirement_ids.map((id) => id.trim()),
    },
    sifted: [asks, slots],
  }
}
