import type { Advice, FeedbackPoint } from '../../../contract/feedback.ts'
import type { Evidence } from '../../../contract/requirements.ts'
import { cutText } from '../../../contract/text.ts'
import { fixesOf, sayLater, warnOfOrders } from '../../feedback/fixes.ts'
import { sayWhy, type GuardWords } from '../../feedback/guard-words.ts'
import { lowerOf, readinessOf } from '../../feedback/readiness.ts'
import { seeStructure } from '../../feedback/see-structure.ts'
import { readWork } from '../../feedback/check-rules.ts'
import type { ModelSteps } from '../port.ts'
import type { AdviseAnswer } from '../prompts/advise/1.0.0.ts'
import { nameCriteria } from '../prompts/render-work.ts'
import type { Assembled } from '../providers/ask-model.ts'
import { createWorkLocator, guardFor } from './assemble-assessment.ts'

type Given = ModelSteps['advise']['input']
type Point = AdviseAnswer['strengths'][number]

const MOST_POINTS = 8
const MOST_ACTIONS = 5
const MOST_WORDS = 60
const SHOWN_CHARACTERS = 160

interface Bench {
  readonly locate: (quote: string) => Evidence | null
  readonly guard: GuardWords
  readonly names: ReadonlyMap<string, string>
}

const wordsIn = (text: string): number => text.split(/\s+/u).filter(Boolean).length

function shown({ quote }: Evidence): string {
  const line = quote.replaceAll(/\s+/gu, ' ').trim()
  return line.length <= SHOWN_CHARACTERS ? `“${line}”` : `“${cutText(line, SHOWN_CHARACTERS).trimEnd()} …”`
}

/** A point as the student reads it: what it is about, what was seen, the words, the question. */
function toPoint(
  { about, quote, observation, question }: Point,
  { locate, names }: Bench,
): FeedbackPoint | null {
  const found = quote.trim() === '' ? null : locate(quote)
  if (quote.trim() !== '' && found === null) return null
  const name = names.get(about.trim()) ?? ''
  const parts = [
    name === '' ? '' : `${name}:`,
    observation.trim(),
    found === null ? '' : shown(found),
    question.trim(),
  ]
  const text = parts.filter((part) => part !== '').join(' ')
  return { text, evidence: found === null ? [] : [found] }
}

/** Why a point may not be told; null when it may. */
function refusalOf({ observation, question }: Point, { guard }: Bench): string | null {
  const said = `${observation} ${question}`.trim()
  if (said === '') return 'it is empty'
  if (wordsIn(said) > MOST_WORDS) return `it has more than ${MOST_WORDS} words`
  const reason = guard(observation) ?? guard(question)
  return reason === null ? null : sayWhy(reason)
}

interface Told {
  readonly points: readonly FeedbackPoint[]
  readonly refused: readonly string[]
}

function tell(name: string, points: readonly Point[], bench: Bench, needsQuote: boolean): Told {
  const refused: string[] = []
  const told: FeedbackPoint[] = []
  for (const [index, point] of points.slice(0, MOST_POINTS).entries()) {
    const why = refusalOf(point, bench)
    const made = why === null ? toPoint(point, bench) : null
    if (made !== null && (!needsQuote || made.evidence.length > 0)) told.push(made)
    else refused.push(`${name}.${index}: ${why ?? 'its quote does not stand in WORK, letter by letter'}`)
  }
  return { points: withoutRepeats(told), refused }
}

function withoutRepeats(points: readonly FeedbackPoint[]): readonly FeedbackPoint[] {
  const seen = new Set<string>()
  return points.filter(({ text }) => {
    const key = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    return !seen.has(key) && seen.add(key).size > 0
  })
}

function namesOf(given: Given): ReadonlyMap<string, string> {
  const criteria = [...nameCriteria(given)].map(
    ([name, { description }]) => [name, description.trim()] as const,
  )
  const requirements = given.distilled.requirements.map(
    ({ id, statement }) => [id, cutText(statement, 120)] as const,
  )
  return new Map([...requirements, ...criteria])
}

/**
 * Makes advice of a model's answer: what breaks a rule is told by code alone; each other point stands on words of the
 * work, asks or points, and is dropped where it grades, rewrites or quotes what stands nowhere. Readiness is never
 * higher than the rules allow. An answer of which most is dropped is refused.
 */
export function assembleAdvice(answer: AdviseAnswer, given: Given): Assembled<Advice> {
  const { assessment, submission } = given
  const bench: Bench = {
    locate: createWorkLocator(submission, assessment.suspicious),
    guard: guardFor(given),
    names: namesOf(given),
  }
  const strengths = tell('strengths', answer.strengths, bench, true)
  const gaps = tell('gaps', answer.gaps, bench, false)
  const improvements = tell('improvements', answer.improvements, bench, true)
  const refused = [...strengths.refused, ...gaps.refused, ...improvements.refused]
  const kept = strengths.points.length + gaps.points.length + improvements.points.length
  if (refused.length > kept) return { ok: false, issues: refused }
  const actions = answer.next_actions
    .map((action) => action.trim())
    .filter((action) => action !== '' && wordsIn(action) <= MOST_WORDS && bench.guard(action) === null)
    .slice(0, MOST_ACTIONS)
  return {
    ok: true,
    output: {
      overall_readiness: lowerOf(answer.readiness, readinessOf(assessment)),
      strengths: [...strengths.points],
      gaps: [...gaps.points],
      required_fixes: [...fixesOf(assessment.checks)],
      suggested_improvements: [...improvements.points, ...seeStructure(readWork(given))].slice(
        0,
        MOST_POINTS,
      ),
      next_actions: [
        ...warnOfOrders(assessment),
        ...actions.map((text) => ({ text, evidence: [] })),
        ...sayLater(assessment.checks),
      ],
    },
  }
}
