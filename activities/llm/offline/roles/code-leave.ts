import type { AiPolicy, Requirement } from '../../../../contract/requirements.ts'
import { mentionsAi } from '../distill/ai-policy/name-ai.ts'
import { asLine } from '../draft/restate.ts'

/** The words of the course that keep something for the student to write. */
export interface Ban {
  readonly quote: string
  readonly document_id: string
}

/** What keeps stubs of code and of tests out of a sheet. */
export interface CodeLeave {
  /** Null where no rule is against stubs of code. */
  readonly code: Ban | null
  /** The same of tests. */
  readonly tests: Ban | null
  /** The ways in which the language is still the student's choice; empty where it is settled. */
  readonly languages: readonly string[]
}

/** What the documents say of AI tools, and everything they ask. */
export interface Rules {
  readonly ai_policy: AiPolicy
  readonly requirements: readonly Requirement[]
  /** Whether the file it is for is in a language already, so that somebody has chosen one. */
  readonly isSettled: boolean
}

const FREE = 5
const OF_CODE =
  /\b(?:cod(?:e|ing)|programs?|functions?|implement\w*|solutions?|queries|scripts?|(?:what|anything|everything|work|any part of what) you (?:submit|hand in|turn in))\b/i
const OF_TESTS = /\b(?:unit[- ]?)?tests?(?: cases?)?\b/i

const LANGUAGE = String.raw`(?:C\+\+(?:\d\d)?|C#|C(?:89|99|11|17|23)?|Java|JavaScript|TypeScript|Node(?:\.js)?|Python|Rust|Go|Ruby|PHP|Haskell|Kotlin|Swift|Scala|OCaml|Julia|MATLAB|R)(?![\w+#])(?: \d[\d.]*)?`
const EITHER = new RegExp(String.raw`(?<![\w.])${LANGUAGE}(?:, ${LANGUAGE})*,? or (?:in )?${LANGUAGE}`, 'u')
const NAMED = new RegExp(String.raw`(?<![\w.])${LANGUAGE}`, 'gu')

const versionless = (name: string): string => name.replace(/ \d[\d.]*$|(?<=^C)\d\d$/u, '')

function languagesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(NAMED) ?? []).map(versionless))
}

/** The ways a brief leaves open in which language the work is written; empty where it leaves none. */
export function openLanguages(requirements: readonly Requirement[]): readonly string[] {
  const groups = Map.groupBy(requirements, ({ alternative_group }) => alternative_group)
  for (const [group, options] of groups) {
    const named = options.map(({ statement }) => languagesIn(statement))
    const apart = new Set(named.flatMap((languages) => [...languages]))
    if (group !== null && named.every(({ size }) => size > 0) && apart.size > 1) return options.map(asLine)
  }
  const either = requirements.find(
    ({ statement, modality }) => modality !== 'must_not' && EITHER.test(statement),
  )
  return EITHER.exec(either?.statement ?? '')?.[0].split(/,? or (?:in )?|, /u) ?? []
}

/** The shortest words that forbid AI tools something of a sort. */
function findBan({ requirements }: Pick<Rules, 'requirements'>, sort: RegExp): Ban | null {
  const [shortest] = requirements
    .filter(
      ({ modality, evidence }) => modality === 'must_not' && evidence.some(({ quote }) => mentionsAi(quote)),
    )
    .flatMap(({ evidence }) => evidence.filter(({ quote }) => sort.test(quote)))
    .toSorted((a, b) => a.quote.length - b.quote.length)
  return shortest ?? null
}

/** Below the free level no tool makes what is handed in, and code and tests are; the words that name them say it best. */
function findRule(rules: Rules, sort: RegExp): Ban | null {
  const { level, evidence } = rules.ai_policy
  const ban = findBan(rules, sort)
  if (ban !== null || level === null || level >= FREE) return ban
  return evidence[0] ?? null
}

/**
 * Whether a sheet may show stubs of code and of tests: not where the course keeps AI tools from writing them, and not in
 * one of several languages as long as the choice is open. Tests are code too: a rule on code keeps them back as well.
 */
export function readCodeLeave(rules: Rules): CodeLeave {
  const code = findRule(rules, OF_CODE)
  return {
    code,
    tests: findRule(rules, OF_TESTS) ?? code,
    languages: rules.isSettled ? [] : openLanguages(rules.requirements),
  }
}
