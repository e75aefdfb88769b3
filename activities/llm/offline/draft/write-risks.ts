import { isPolicyQuestion } from '../distill/ask-policy.ts'
import type { Brief } from './brief.ts'
import { formatFullMoment } from '../text/zone.ts'
import { formatWork } from './effort.ts'
import { clip, type GroundedRisk } from './grounded.ts'
import { asLine } from './restate.ts'
import type { Pace } from './pace.ts'
import { fromPolicy } from './policy-risk.ts'

const LENGTH_UNIT = /^(?:words?|pages?|minutes?)$/i
const MOST = 6
const FEWEST = 3

function fromRejection({ adjustment: { reason, changes } }: Brief): readonly GroundedRisk[] {
  if (reason === null || reason.trim() === '') return []
  const mitigation =
    changes.length > 0
      ? `Changed here: ${changes.join(' ')}`
      : 'No rule could take this up: compare this plan with your reason before you approve it, and edit what it concerns.'
  return [
    {
      risk: `The last plan was set aside: “${clip(reason.trim(), 600)}”`,
      impact: 'The same fault may be here again.',
      mitigation,
    },
  ]
}

const FOLLOWS_CANVAS =
  'Ask first which date counts. This plan follows Canvas until then; if the other date is earlier, work towards that.'
const FOLLOWS_TEXT =
  'Ask first which date counts. This plan works towards the date of the text, so that you are in time for both.'

function fromDates({ dates, deadline, target }: Brief): readonly GroundedRisk[] {
  const canvas = deadline.kind === 'none' ? 'no due date' : formatFullMoment(deadline.at)
  return dates.conflicts.slice(0, 2).map(({ date: { text } }) => ({
    risk: `The text says “${clip(text, 200)}”, Canvas says ${canvas}.`,
    impact: 'You may hand in late without knowing it.',
    mitigation: target?.text === text ? FOLLOWS_TEXT : FOLLOWS_CANVAS,
  }))
}

function fromTime({ deadline }: Brief, { tight }: Pace): readonly GroundedRisk[] {
  const ask = 'Ask at once, hand in what you have, and do the parts with most weight first.'
  if (deadline.kind === 'passed') {
    return [
      {
        risk: `The deadline ${formatFullMoment(deadline.at)} has passed.`,
        impact: 'Late work may cost points or not be taken.',
        mitigation: ask,
      },
    ]
  }
  const late: readonly GroundedRisk[] =
    deadline.kind === 'late'
      ? [
          {
            risk: `The work was due ${formatFullMoment(deadline.due)}; Canvas still takes it until ${formatFullMoment(deadline.at)}.`,
            impact: 'Late work may cost points.',
            mitigation: ask,
          },
        ]
      : []
  if (tight === null) return late
  const risk = `Work like this usually takes about ${formatWork(tight.usual)}; this plan has room for about ${formatWork(tight.room)}.`
  return [
    ...late,
    {
      risk,
      impact: 'Every task is shortened, and something will be rougher than you would like.',
      mitigation:
        'Do the parts with most weight first, leave polish for last, and ask about an extension today if there is a reason for one.',
    },
  ]
}

function fromQuestions({ questions }: Brief): readonly GroundedRisk[] {
  const others = questions.filter((question) => !isPolicyQuestion(question))
  return others.slice(0, 2).map((question) => ({
    risk: `Open question: ${question}`,
    impact: 'You may do work that is not wanted, or leave out what is.',
    mitigation: 'Ask before the work that depends on it, and note the answer beside the instructions.',
  }))
}

function fromLooseDates(pace: Pace): readonly GroundedRisk[] {
  if (pace.looseDates.length === 0) return []
  return [
    {
      risk: `The text names dates this plan could not place: ${pace.looseDates
        .slice(0, 4)
        .map((text) => `“${clip(text, 80)}”`)
        .join(', ')}.`,
      impact: 'You may miss a stage that counts.',
      mitigation: 'Look them up in the instructions and put them into your calendar now.',
    },
  ]
}

// None of its words: what was written to be obeyed is shown where the requirements are, as a finding.
function fromSuspicious({ distilled }: Brief): readonly GroundedRisk[] {
  if (distilled.suspicious.length === 0) return []
  return [
    {
      risk: 'The material holds text addressed to a machine, or hidden from readers.',
      impact: 'It was not obeyed here, but other tools might follow it.',
      mitigation:
        'Read it among the requirements of this assignment, where it is quoted, and ask your instructor if it is meant for you.',
    },
  ]
}

function fromRubric({ context }: Brief): readonly GroundedRisk[] {
  const points = context.rubric?.criteria.flatMap((criterion) => criterion.points ?? []) ?? []
  const total = points.reduce((sum, part) => sum + part, 0)
  const worth = context.assignment.points_possible
  if (points.length === 0 || worth === null || Math.abs(total - worth) < 0.01) return []
  return [
    {
      risk: `The rubric adds up to ${Number(total.toFixed(2))} points, the assignment is worth ${worth} points in Canvas.`,
      impact: 'You cannot tell how much a criterion weighs.',
      mitigation: 'Ask which counts; until then take the share of each criterion within the rubric.',
    },
  ]
}

function fromRequirements({ requirements }: Brief): readonly GroundedRisk[] {
  const length = requirements.find(
    ({ kind, hard, quantities }) =>
      hard &&
      (kind === 'length' || kind === 'deliverable') &&
      quantities.some(({ unit }) => LENGTH_UNIT.test(unit)),
  )
  const sources = requirements.find(
    ({ kind, hard, modality }) => kind === 'source' && hard && modality === 'must',
  )
  return [
    ...(length === undefined
      ? []
      : [
          {
            risk: {
              text: `The length misses what is asked: ${clip(asLine(length), 400)}`,
              from: [length.id],
            },
            impact: 'Work outside the length may lose points or not be read to the end.',
            mitigation:
              'Count when the first draft stands, not on the last evening, and cut or add while you revise.',
          },
        ]),
    ...(sources === undefined
      ? []
      : [
          {
            risk: {
              text: `The sources do not meet what is asked: ${clip(asLine(sources), 400)}`,
              from: [sources.id],
            },
            impact: 'You search again when you should be writing.',
            mitigation: 'Check each source against this line when you choose it, and keep a spare.',
          },
        ]),
  ]
}

const GROUP_RISK: GroundedRisk = {
  risk: 'A member of the group falls silent or delivers late.',
  impact: 'Their part is missing when you put the work together.',
  mitigation:
    'Agree on dates before the deadline, look at each part early, and tell your instructor in time.',
}

const EVERYDAY: readonly GroundedRisk[] = [
  {
    risk: 'The upload fails in the last minutes.',
    impact: 'Finished work arrives late.',
    mitigation: 'Hand in at the date of the last milestone, and look at what arrived.',
  },
  {
    risk: 'A task takes far longer than planned.',
    impact: 'What comes after it is squeezed.',
    mitigation: 'Stop when its time is up, note what is missing, and go on; come back while you revise.',
  },
]

/**
 * What may go wrong with this assignment, the most pressing first: three to six, besides what is said of AI and of text
 * that is not for the student.
 */
export function writeRisks(brief: Brief, pace: Pace): readonly GroundedRisk[] {
  const pressing = [...fromRejection(brief), ...fromDates(brief), ...fromTime(brief, pace)].slice(0, MOST)
  const specific = [
    ...fromLooseDates(pace),
    ...fromQuestions(brief),
    ...fromRubric(brief),
    ...(brief.occasion.group ? [GROUP_RISK] : []),
    ...fromRequirements(brief),
    brief.template.risk,
  ].slice(0, MOST - pressing.length)
  const everyday = EVERYDAY.slice(0, Math.max(0, FEWEST - pressing.length - specific.length))
  return [...pressing, ...fromSuspicious(brief), ...fromPolicy(brief.distilled), ...specific, ...everyday]
}
