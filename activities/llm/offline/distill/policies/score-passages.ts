import type { AiPolicy } from '../../../../../contract/requirements.ts'
import { isPolicyQuestion } from '../ask-policy.ts'
import { bareContext } from '../../../briefs/bare-assignment.ts'
import { distillOffline } from '../index.ts'
import { documentsOf, type Passage, type PassageSet } from './load-passages.ts'

type Level = AiPolicy['level']

interface Read {
  readonly passage: Passage
  readonly level: Level
  /** The words the level rests on, as the rules name them first. */
  readonly quote: string
  /** Whether the rules ask what the policy means. */
  readonly asks: boolean
  /** Duties to disclose that became no rule of conduct, by the words a person marked. */
  readonly lost: readonly string[]
}

export interface Score {
  readonly reads: readonly Read[]
  readonly wrong: readonly Read[]
  readonly accuracy: number
  /** Right in the level, but resting on other words than a person marked. */
  readonly misquoted: readonly Read[]
}

const LEVELS: readonly Level[] = [null, 1, 2, 3, 4, 5]

function readPassage(passage: Passage): Read {
  const context = bareContext({}, 'Europe/Berlin')
  const { ai_policy, open_questions, requirements } = distillOffline({
    context,
    documents: documentsOf(passage),
  })
  const conduct = requirements
    .filter(({ kind }) => kind === 'policy')
    .flatMap(({ evidence }) => evidence.map(({ quote }) => quote))
  return {
    passage,
    level: ai_policy.level,
    quote: ai_policy.evidence[0]?.quote ?? '',
    asks: open_questions.some(isPolicyQuestion),
    lost: passage.conditions.filter((words) => !conduct.some((quote) => quote.includes(words))),
  }
}

/** How the rules read a set of marked passages. */
export function scorePassages({ passages }: PassageSet): Score {
  const reads = passages.map(readPassage)
  const wrong = reads.filter(({ passage, level }) => passage.level !== level)
  const misquoted = reads.filter(
    (read) => !wrong.includes(read) && !read.quote.includes(read.passage.quote ?? ''),
  )
  return { reads, wrong, accuracy: 1 - wrong.length / reads.length, misquoted }
}

/** Marked level by level read, as a table; rows are what people marked. */
export function confusionTable({ reads }: Score): string {
  const rows = LEVELS.map((marked) => {
    const own = reads.filter(({ passage }) => passage.level === marked)
    return [marked ?? 'none', ...LEVELS.map((level) => own.filter((read) => read.level === level).length)]
  })
  return [['marked', ...LEVELS.map((level) => level ?? 'none')], ...rows]
    .map((cells) => cells.map((cell) => String(cell).padStart(6)).join(' '))
    .join('\n')
}
