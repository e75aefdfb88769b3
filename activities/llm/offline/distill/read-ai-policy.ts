import { readSentences } from '../text/language.ts'
import { type Block, parseBlocks } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { carryOn, keepsForStudent } from './ai-policy/carry-on.ts'
import { findDisclosure } from './ai-policy/conditions.ts'
import { type Force, readForce } from './ai-policy/force.ts'
import { afterItem, isOpening, type Lead } from './ai-policy/lead.ts'
import { mentionsAi, nameAlike, nameReferred } from './ai-policy/name-ai.ts'
import { readRow } from './ai-policy/read-row.ts'
import { readScale } from './ai-policy/scale.ts'
import { splitLabel, splitVoice } from './ai-policy/split-voice.ts'
import { isOfExams, readStatements, type Statement } from './ai-policy/statement.ts'
import { isAboutAi } from './ai-policy/study.ts'
import { readUses } from './ai-policy/uses.ts'

/** What a sentence says about the use of AI, and where it stands. */
export interface AiRule extends Span, Statement {}

/** A sentence that asks to cite, disclose or document the use of AI, and the place in it that does. */
export interface Condition extends Span {
  readonly place: number
}

/** Everything a document says about the use of AI. */
export interface AiRules {
  readonly rules: readonly AiRule[]
  readonly conditions: readonly Condition[]
  /** Sentences on the use of AI that the rules can place nowhere. */
  readonly unplaced: readonly Span[]
}

const ELLIPTIC = /^(?:(?:\*\*)?AI[.:]\s+)?(?:not|none|never|no|nothing)\b/iu
// What an elliptic clause may begin with when it speaks of the AI named before it.
const CONTINUES = /^(?:not|never|and|or|also|to|for|only|nothing|just|please|do not|don't)\b/iu
const RESUMES = /^(?:you|students?|they)\b/iu
// "AI. Not in this class."
const RUN_IN = /^\W*(?:generative )?AI(?: policy| tools?| use)?\W*$/iu
const TITLE = /^(?:\W|(?:use|using|the|policy|rules?|on|of) )*AI(?: \w+){0,3}$/iu
// "The rules on AI are in the syllabus: outlining is allowed, drafting is not."
const POINTER = /\b(?:rules?|policy|policies)\b[^:]*\bAI\b[^:]*\b(?:is|are|stands?) (?:\w+ )?(?:in|on|at)\b/iu
const RULES = /:\s+\S|\b(?:is|are|may|must|can|cannot|do|don't)\b|^no\b/iu
const OF_USE = /\b(?:us(?:e|ed|es|ing)|rel(?:y|iance)|polic(?:y|ies)|rules?|help|assist\w*)\b/iu
const DENIES = /\b(?:not|no|never|without|nor|neither|nothing|none|cannot|unless|instead of)\b/iu
// Many courses sort their tasks by the colours of a traffic light.
const LIGHTS: ReadonlyMap<string, Force> = new Map([
  ['green', 'leave'],
  ['amber', 'leave'],
  ['yellow', 'leave'],
  ['red', 'ban'],
])
const KEPT: Statement = { force: 'ban', uses: new Set(['write']), unsure: false, only: false }
// "Acceptable: asking for explanations" in a text that has just spoken of AI.
const SORTS =
  /^(?:(?:not |un|im)?(?:acceptable|allowed|permitted|permissible|okay|ok|fine)|forbidden|prohibited|encouraged)(?: uses?)?$/iu
const ASKS = /^(?:and |so |but )?(?:what|how|can|may|is|are|should)\b[^.]{0,50}\?$/iu

/** Statements of one sentence in which AI is called `AI`; once it has been named, `it` may stand for it. */
function readVoices(sentence: string, given: Force | null): readonly Statement[] {
  let held = given
  let spoken = false
  return splitVoice(sentence).flatMap((clause) => {
    const told = spoken ? nameReferred(clause) : clause
    const named = /\bAI\b/u.test(told)
    spoken ||= named
    if (isOfExams(told)) return []
    const own = readForce(told)
    if (!named && !CONTINUES.test(told) && given === null) {
      const isBan = RESUMES.test(told) && own === 'ban'
      const [statement] = isBan ? readStatements(told, null) : []
      return statement?.uses.has('write') ? [statement] : []
    }
    const statements = readStatements(told, held, given !== null)
    held = own ?? held
    return statements
  })
}

/** What an elliptic answer to a label such as `AI use` states: `none`, `permitted`, `brainstorming only`. */
function readAnswer(answer: string): readonly Statement[] {
  if (ELLIPTIC.test(answer)) return readStatements(answer, 'ban', true)
  if (readForce(answer) !== null) return readStatements(`use of AI ${answer}`, null)
  return readStatements(answer, 'leave').filter(({ uses }) => uses.size > 0)
}

/** Statements of a sentence; the level of a scale it names counts where its words do not say as much. */
function readSentence(sentence: string): readonly Statement[] {
  const told = readLabelled(sentence)
  return readScale(sentence, told) ?? told
}

/** Statements of a sentence, of its label first where it has one. */
function readLabelled(sentence: string): readonly Statement[] {
  const labelled = splitLabel(sentence)
  if (labelled === null) return readVoices(sentence, null)
  const { label, rest } = labelled
  // What is asked behind a colon is a question of the work.
  if (rest.endsWith('?')) return readVoices(label, null)
  const force = LIGHTS.get(label.toLowerCase()) ?? readForce(label)
  if (force === 'against') return readVoices(label, null)
  // "as long as you follow three rules: say so, …" lists conditions, no uses.
  if (force === 'leave' && /\b(?:as long as|provided|if|rules?|conditions?)\b/iu.test(label))
    return readVoices(label, null)
  if (force !== null) {
    const listed = readVoices(rest, force)
    return listed.length > 0 ? listed : readVoices(label, null)
  }
  if (/\bAI\b/u.test(rest)) return readVoices(rest, null)
  if (POINTER.test(label)) return splitVoice(rest).flatMap(readAnswer)
  if (!TITLE.test(label)) return []
  const told = nameReferred(rest)
  return /\bAI\b/u.test(told) ? readVoices(told, null) : splitVoice(told).flatMap(readAnswer)
}

/** "Stuck for a topic? Ask ChatGPT for some": what is allowed stands in the sentence before. */
function withNamedBefore(statement: Statement, told: string, before: string): Statement {
  const refers = /\b(?:for|about) (?:some|one|it|that|this|them)\b/iu.test(told)
  if (statement.force !== 'leave' || statement.uses.size > 0 || !refers) return statement
  return { ...statement, uses: readUses(before) }
}

/** One sentence as it is read: its words, where they stand, and the place behind a character of it. */
interface Told {
  readonly text: string
  readonly span: Span
  readonly placeOf: (at: number) => number
}

function tellOf({ view }: Block, { start, end }: Span): Told {
  return {
    text: view.text.slice(start, end),
    span: rawSpan(view, { start, end }),
    placeOf: (at) => rawSpan(view, { start: start + at, end: start + at + 1 }).start,
  }
}

/** Reads a document block by block, keeping in mind what the text before has spoken of. */
class Reader {
  readonly rules: AiRule[] = []
  readonly conditions: Condition[] = []
  readonly unplaced: Span[] = []
  private lead: Lead | null = null
  private spoken = false
  private before = ''
  private ruled: readonly Statement[] = []
  private readonly kept: Span[] = []
  private table = false

  private add(span: Span, statements: readonly Statement[]): void {
    this.ruled = statements
    for (const statement of statements) this.rules.push({ ...span, ...statement })
  }

  private open(told: string, span: Span, held: readonly Statement[] = []): void {
    const force = readForce(told)
    this.lead = force === null || force === 'against' ? null : { force, span, held }
  }

  private leave(): void {
    if (this.lead !== null) this.add(this.lead.span, this.lead.held)
    this.lead = null
  }

  private readHeading(block: Block): void {
    const { view, path, start, end } = block
    this.spoken = false
    this.ruled = []
    this.leave()
    if (!mentionsAi(view.text) && !path.some(mentionsAi)) return
    const told = nameAlike(view.text)
    // "AI: not permitted" is a rule, "Permitted uses of AI" the title of a list.
    if (RULES.test(told))
      this.readOne(tellOf(block, { start: 0, end: view.text.length }), path.some(mentionsAi))
    else this.open(told, { start, end })
  }

  private readListed({ view, start, end }: Block, lead: Lead): void {
    const { force, span } = lead
    const told = nameAlike(view.text)
    const statements = readStatements(told, force, true).filter(
      ({ uses }) => uses.size > 0 || /\bAI\b/u.test(told),
    )
    const isRead = statements.length > 0
    this.lead = afterItem(lead, isRead)
    if (!isRead) return
    this.add(span, statements)
    this.add({ start, end }, statements)
  }

  private readOne({ text: raw, span, placeOf }: Told, titled: boolean): void {
    const spoken = titled || this.spoken
    const alike = nameAlike(raw)
    const told = spoken ? nameReferred(alike) : alike
    const named = /\bAI\b/u.test(told)
    const answer = splitLabel(told)?.rest ?? told
    if (!named && (titled || RUN_IN.test(this.before)) && ELLIPTIC.test(answer)) {
      this.add(span, readStatements(answer, 'ban'))
      return
    }
    const added = carryOn(told, this.ruled)
    this.ruled = []
    if (added.length > 0 && findDisclosure(raw) === null) {
      this.add(span, added)
      return
    }
    if (spoken && keepsForStudent(alike)) this.kept.push(span)
    if (named && isAboutAi(told)) {
      // "What about AI?" asks what the next sentence answers.
      if (ASKS.test(told)) this.spoken = true
      return
    }
    if (isOfExams(told)) return
    const place = named || spoken ? findDisclosure(raw) : null
    const discloses = place !== null
    if (discloses) this.conditions.push({ ...span, place: placeOf(place) })
    const label = splitLabel(told)?.label.toLowerCase() ?? ''
    const isSorted = (titled && LIGHTS.has(label)) || (spoken && SORTS.test(label))
    const statements =
      named || isSorted
        ? readSentence(told)
            .map((statement) => withNamedBefore(statement, told, this.before))
            .filter(({ uses }) => named || LIGHTS.has(label) || uses.size > 0)
        : []
    const isAllowed = statements.some(({ force }) => force !== 'against')
    if (!discloses && isOpening(told, statements)) {
      this.spoken = true
      this.open(told, span, statements)
      return
    }
    this.add(
      span,
      discloses && !isAllowed
        ? [{ force: 'implied', uses: new Set(), unsure: false, only: false }]
        : statements,
    )
    if (named && !discloses && statements.length === 0 && OF_USE.test(told)) {
      this.unplaced.push(span)
      // Words that deny something are taken for a frown until somebody has asked.
      if (splitVoice(told).some((clause) => /\bAI\b/u.test(clause) && DENIES.test(clause)))
        this.add(span, [{ force: 'against', uses: new Set(), unsure: true, only: false }])
    }
    if (named) this.spoken = true
    if (named && /:\s*$/u.test(told)) this.open(told, span)
  }

  /** What is kept for the student narrows a leave; by itself it says nothing of AI. */
  close(): void {
    this.leave()
    if (!this.rules.some(({ force }) => force === 'leave')) return
    for (const span of this.kept)
      if (!this.rules.some(({ start }) => start === span.start)) this.add(span, [KEPT])
  }

  read(block: Block, isSkipped: (span: Span) => boolean): void {
    const { kind, path, view } = block
    if (kind !== 'row') this.table = false
    if (kind === 'heading') return this.readHeading(block)
    if (kind === 'row') {
      if (this.table) this.add({ start: block.start, end: block.end }, readRow(view.text))
      this.table ||= mentionsAi(view.text) || path.some(mentionsAi)
      return
    }
    if (kind === 'item' && this.lead !== null) return this.readListed(block, this.lead)
    if (kind !== 'item') this.leave()
    const titled = path.some(mentionsAi)
    if (!titled && kind !== 'item') {
      this.spoken = false
      this.ruled = []
    }
    if (!titled && !this.spoken && !mentionsAi(view.text)) return
    for (const sentence of readSentences(view.text)) {
      const told = tellOf(block, sentence)
      if (!isSkipped(told.span)) this.readOne(told, titled)
      this.before = told.text
    }
  }
}

/** What a document says about the use of AI, sentence by sentence; `skipped` spans do not count. */
export function readAiRules(raw: string, skipped: readonly Span[]): AiRules {
  const reader = new Reader()
  const isSkipped = (span: Span): boolean =>
    skipped.some((other) => span.start < other.end && span.end > other.start)
  for (const block of parseBlocks(raw)) reader.read(block, isSkipped)
  reader.close()
  const { rules, conditions, unplaced } = reader
  return { rules, conditions, unplaced }
}
