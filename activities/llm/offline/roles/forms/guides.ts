import type { DocumentKind } from '../../../../../contract/evidence.ts'
import type { Requirement } from '../../../../../contract/requirements.ts'
import type { Bench } from '../bench.ts'
import type { PlannedPart } from '../compose-scaffold.ts'
import { findRelated } from '../find-related.ts'
import { withoutRepeats } from '../without-repeats.ts'
import { checkKindOf } from './check-kinds.ts'
import { part, type Form, type PartPlan } from './form.ts'
import { reading } from './opening.ts'

/** What a task that makes nothing leaves: its form, the requirements it speaks of, and its parts. */
export interface Guide {
  readonly form: Form
  readonly own: (bench: Bench) => readonly Requirement[]
  readonly parts: (bench: Bench) => readonly PlannedPart[]
  /** When it is done, beside what the plan says. */
  readonly done?: (bench: Bench) => string
}

const MOST_DOCUMENTS = 12
const MOST_RELATED = 6

const planned = (plan: PartPlan, requirements: readonly Requirement[] = []): PlannedPart => ({
  ...plan,
  amount: null,
  requirement_ids: requirements.map(({ id }) => id),
})

const ASKS: { readonly [K in DocumentKind]: readonly string[] } = {
  description: [
    'What do you hand in, in your own words?',
    'Which sentence would you ask about if you could ask about one only?',
  ],
  discussion: ['What does the prompt ask you to do: describe, compare, argue?', 'Who reads your post?'],
  attachment: [
    'What does this document add to the description?',
    'Which part of it concerns you, and which does not?',
  ],
  rubric: ['Which criterion can you already meet, and which is new to you?', 'Which one is read first?'],
  syllabus: ['Which rule of the course touches this work?', 'What happens to late work?'],
  canvas: ['Which date comes first?', 'What can be handed in, and how often?'],
}

function standsIn(requirement: Requirement, document_id: string): boolean {
  return requirement.evidence[0]?.document_id === document_id
}

/** Reading the sources: each document with what stands in it, to be found there and understood. */
export const readingGuide: Guide = {
  form: {
    id: 'reading_guide',
    name: 'Reading guide',
    use: 'Open each document beside this guide. Tick a line when you have found its words and could say them in your own; what stays open goes into the slots.',
    counts: null,
    judged: true,
    parts: () => [],
  },
  own: ({ own }) => own,
  parts: (bench) => {
    const { input } = bench
    // Counted as they are listed: what another demand says with more is told there.
    const own = withoutRepeats(bench.own)
    const told = input.documents
      .map((document) => ({
        ...document,
        own: own.filter((requirement) => standsIn(requirement, document.document_id)),
      }))
      .filter((document) => document.own.length > 0)
      .slice(0, MOST_DOCUMENTS)
    if (told.length === 0) return reading.parts(bench).map((plan) => planned(plan))
    const ending = part(
      'When you have read everything',
      'Know what you do first, and what you still have to ask.',
      {
        asks: [
          'Which two documents say different things about the same matter?',
          'What is asked that you have never done before?',
          'What is not said anywhere?',
        ],
        slots: ['In one sentence, I am asked to', 'New to me', 'I ask whom, and by when'],
        takes: ['deadline', 'submission', 'grading', 'policy'],
      },
    )
    return [
      ...told.map(({ name, kind, own: here }) =>
        planned(
          part(name, `Find in it ${here.length === 1 ? 'one demand' : `${here.length} demands`}.`, {
            asks: ASKS[kind],
            slots: ['Not clear to me', 'Dates in it'],
          }),
          here,
        ),
      ),
      planned(ending),
    ]
  },
}

/** What a risk or a check rests on: what the plan says, else the requirements that say the same. */
function behind({ input, own, isLinked }: Bench): readonly Requirement[] {
  return isLinked ? own.slice(0, MOST_RELATED) : findRelated(input.subject.title, own, MOST_RELATED)
}

const lineAfter = (text: string, label: string): string => {
  const at = text.indexOf(label)
  return at < 0 ? '' : (text.slice(at + label.length).split('\n')[0] ?? '').trim()
}

/** Settling a risk: how it would be noticed, what is done now, and what is done if it happens anyway. */
export const riskCard: Guide = {
  form: {
    id: 'risk_card',
    name: 'Risk card',
    use: 'Fill it in within a quarter of an hour, while there is still time to change something, and look at it again on the day you note down.',
    counts: null,
    parts: () => [],
  },
  own: behind,
  parts: ({ input, own }) => {
    const { description } = input.subject
    const impact = lineAfter(description, 'If it happens:')
    const mitigation = lineAfter(description, 'What to do about it:')
    return [
      planned(
        part('How likely it is for you', impact === '' ? 'Know what it would cost.' : impact, {
          asks: ['Has it happened to you before, and when did you notice?', 'What would be lost?'],
          slots: ['Likely, possible or unlikely', 'It would cost me'],
        }),
        own,
      ),
      planned(
        part('How you would notice', 'Have a sign that comes early.', {
          asks: ['What do you see first when it begins?', 'On which day could you still turn back?'],
          slots: ['First sign', 'I look again on'],
        }),
      ),
      planned(
        part('What you do now', mitigation === '' ? 'Do the smallest thing that helps.' : mitigation, {
          asks: ['What can be done in a quarter of an hour?', 'Whose help do you need?'],
          slots: ['Step, and by when', 'Step, and by when', 'Asked'],
        }),
      ),
      planned(
        part('If it happens anyway', 'Know the way out before you need it.', {
          asks: ['What would you leave out first?', 'Whom do you tell, and when?'],
          slots: ['Left out first', 'Told'],
        }),
      ),
    ]
  },
}

const MENDING = part('What to mend', 'Mend the place, then look once more.', {
  asks: ['Is it wrong, missing, or only not yet clear?', 'What else changes when you mend it?'],
  slots: ['To be mended', 'Mended on', 'Looked again on'],
})

/** A final check: the line, the demands behind it, and what was seen. */
export const checkCard: Guide = {
  form: {
    id: 'check_card',
    name: 'Check card',
    use: 'Open what you are about to hand in, not the file you worked in. Tick the line only when you have seen it there.',
    counts: null,
    parts: () => [],
  },
  own: behind,
  parts: (bench) => {
    const { name, purpose, asks, slots, mends } = checkKindOf(bench)
    return [planned(part(name, purpose, { asks, slots }), bench.own), ...(mends ? [planned(MENDING)] : [])]
  },
  done: (bench) => checkKindOf(bench).done,
}
