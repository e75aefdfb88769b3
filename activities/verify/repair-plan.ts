import type { Requirement } from '../../contract/requirements.ts'
import { cutText } from '../../contract/text.ts'
import { checkDates } from './check-dates.ts'
import { createStringCheck } from './check-strings.ts'
import type { Finding } from './finding.ts'
import { readDates } from './read-dates.ts'
import { addMissing, sayDue } from './repair/add-missing.ts'
import { applyEdits, type Edits, type Line } from './repair/apply-edits.ts'
import { mendOrder } from './repair/mend-order.ts'
import { mendSource } from './repair/mend-source.ts'
import { mendString } from './repair/mend-string.ts'
import { gatherSources, type LinkedString, type Sources, type Verifiable } from './sources.ts'
import { verifyPlan, type Verification } from './verify-plan.ts'

/** An error at a place of the plan, whoever found it. */
export interface PlaceError {
  readonly code: string
  readonly pointer: string
  readonly message: string
}

/** A plan as far as it could be mended, what a last check of it found, and what was changed on the way. */
export interface Repaired extends Verification {
  readonly given: Verifiable
}

const MOST_ROUNDS = 2
const MAX_SHOWN = 200

const SOURCE_ERRORS: ReadonlySet<string> = new Set(['QUOTE_NOT_FOUND', 'QUANTITY_NOT_STATED'])
const ORDER_ERRORS: ReadonlySet<string> = new Set([
  'DEPENDENCY_UNKNOWN',
  'DEPENDENCY_BACKWARDS',
  'MILESTONES_OUT_OF_ORDER',
])
const PACE_ERRORS: ReadonlySet<string> = new Set(['MILESTONES_OUT_OF_ORDER', 'ENDS_AFTER_DUE'])
// No words can mend these: the plan is drafted anew.
const BEYOND_REPAIR: ReadonlySet<string> = new Set(['DEPENDENCY_CIRCLE'])
const WITHOUT_DATE: Line = { text: 'In time for the milestone that follows, and for the deadline.', from: [] }

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `“${line.length > MAX_SHOWN ? `${cutText(line, MAX_SHOWN)}…` : line}”`
}

function repaired(pointer: string, message: string): Finding {
  return { code: 'REPAIRED', pointer, severity: 'info', message }
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The milestone whose date breaks the order: the one before, when the date after the blamed one is early as well. */
function blameDate(sources: Sources, pointer: string): string {
  const blamed = Number(/\/milestones\/(\d+)\//.exec(pointer)?.[1])
  const dateOf = (index: number) => {
    const [date] = readDates(sources.plan.milestones[index]?.due_strategy ?? '')
    return date === undefined ? null : (date.year ?? 0) * 400 + date.month * 32 + date.day
  }
  const [before, after] = [dateOf(blamed - 1), dateOf(blamed + 1)]
  return before !== null && after !== null && after < before
    ? `/milestones/${blamed - 1}/due_strategy`
    : pointer
}

/** Other lines for the places the errors name, and for those that rested on requirements left out. */
function mendLines(
  sources: Sources,
  errors: readonly PlaceError[],
  orphaned: ReadonlySet<string>,
  dropped: readonly Requirement[],
): ReadonlyMap<string, Line | null> {
  const check = createStringCheck(sources)
  const lost = dropped.map(({ statement }) => fold(statement)).filter((words) => words !== '')
  const speaksOfLost = (text: string) => lost.some((words) => fold(text).includes(words))
  const blamed = new Set(errors.map(({ pointer }) => pointer))
  const lines = new Map<string, Line | null>()
  for (const string of sources.strings) {
    if (!blamed.has(string.pointer) && !orphaned.has(string.pointer)) continue
    if (string.pointer.endsWith('/due_strategy') && check(string).length === 0) continue
    const isSound = !blamed.has(string.pointer) && !speaksOfLost(string.text) && !isAlone(string.pointer)
    if (!isSound)
      lines.set(string.pointer, dueLine(sources, string) ?? mendString(string, check, speaksOfLost))
  }
  for (const { code, pointer } of checkDates(sources)) {
    if (PACE_ERRORS.has(code)) lines.set(blameDate(sources, pointer), WITHOUT_DATE)
  }
  return lines
}

/** The due date of Canvas where a line speaks of it; null where it does not. */
function dueLine({ facts }: Sources, { pointer, text, requirements }: LinkedString): Line | null {
  const due = isAlone(pointer) && text.startsWith('Due ') ? sayDue(facts) : null
  return due === null ? null : { text: due, from: requirements.map(({ id }) => id) }
}

/** Whether a line says only what it rests on, so that it goes when that goes. */
function isAlone(pointer: string): boolean {
  return /\/(?:hard_constraints|grading_signals|final_checklist)\/\d+$/.test(pointer)
}

function edit(given: Verifiable, edits: Edits): Verifiable | null {
  const known = new Set(given.distilled.requirements.map(({ id }) => id))
  const linked = new Map<string, string[]>()
  for (const { pointer, requirement_ids } of given.links) {
    const ids = requirement_ids.filter((id) => known.has(id))
    linked.set(pointer, [...(linked.get(pointer) ?? []), ...ids])
  }
  const { plan, links } = applyEdits(given.plan, linked, edits)
  return plan === null ? null : { ...given, plan, links }
}

function tellEdits(before: Sources, { lines, additions }: Edits): readonly Finding[] {
  const changed = before.strings.flatMap(({ pointer, text }) => {
    const line = lines.get(pointer)
    if (line === undefined || line?.text === text) return []
    return [
      line === null
        ? repaired(pointer, `Left out, since it rests on nothing: ${quote(text)}`)
        : repaired(pointer, `${quote(text)} was replaced by ${quote(line.text)}`),
    ]
  })
  return [...changed, ...additions.map(({ list, line }) => repaired(list, `Added: ${quote(line.text)}`))]
}

interface Round {
  readonly given: Verifiable
  readonly repairs: readonly Finding[]
}

/** One round of repair: sources, order, lines, then what is missing; null when nothing would be left. */
function repairOnce(given: Verifiable, errors: readonly PlaceError[]): Round | null {
  const codes = new Set(errors.map(({ code }) => code))
  const source = [...codes].some((code) => SOURCE_ERRORS.has(code))
    ? mendSource(given)
    : { distilled: given.distilled, dropped: [] }
  const lost = new Set(source.dropped.map(({ id }) => id))
  const orphaned = new Set(
    given.links.flatMap(({ pointer, requirement_ids }) =>
      requirement_ids.some((id) => lost.has(id)) ? [pointer] : [],
    ),
  )
  const isOrderly = ![...codes].some((code) => ORDER_ERRORS.has(code))
  const sound = {
    ...given,
    distilled: source.distilled,
    plan: isOrderly ? given.plan : mendOrder(given.plan),
  }
  const sources = gatherSources(sound)
  const lines: Edits = { lines: mendLines(sources, errors, orphaned, source.dropped), additions: [] }
  const mended = edit(sound, lines)
  if (mended === null) return null
  const between = gatherSources(mended)
  const dueIsMissing = checkDates(between).some(({ code }) => code === 'DUE_DATE_NOT_STATED')
  const missing = addMissing(between, dueIsMissing)
  const whole = edit(mended, missing)
  if (whole === null) return null
  const dropped = source.dropped.map(({ statement }) =>
    repaired('', `Left out, since its quote stands in no document: ${quote(statement)}`),
  )
  const ordered = isOrderly
    ? []
    : [repaired('/milestones', 'The order of milestones or tasks was put right.')]
  return {
    given: whole,
    repairs: [...dropped, ...ordered, ...tellEdits(sources, lines), ...tellEdits(between, missing)],
  }
}

function errorsOf({ findings }: Verification): readonly PlaceError[] {
  return findings.filter(({ severity }) => severity === 'error')
}

/**
 * Verifies a plan and mends what does not hold, whoever drafted it: words that cannot be proved become the exact words
 * of their quote or are left out, what is missing is added, twice at most. `judged` are errors found elsewhere in the
 * plan as given. What stays wrong is in the findings as an error; what was changed, as info at the place it had.
 */
export function repairPlan(given: Verifiable, judged: readonly PlaceError[] = []): Repaired {
  let round: Round = { given, repairs: [] }
  let verification = verifyPlan(given)
  let errors = [...errorsOf(verification), ...judged]
  for (let rounds = 0; errors.length > 0 && rounds < MOST_ROUNDS; rounds += 1) {
    if (errors.some(({ code }) => BEYOND_REPAIR.has(code))) break
    const next = repairOnce(round.given, errors)
    if (next === null) break
    round = { given: next.given, repairs: [...round.repairs, ...next.repairs] }
    verification = verifyPlan(round.given)
    errors = [...errorsOf(verification)]
  }
  return {
    given: round.given,
    findings: [...verification.findings, ...round.repairs],
    evidence: verification.evidence,
  }
}
