import type { AiPolicy, Distilled, Requirement } from '../../../../contract/requirements.ts'
import { formatsNamed } from '../../../../contract/masterplan/target-files.ts'
import { extensionOf } from '../../../roles/scaffold/write-scaffold.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { GENRES } from '../draft/genres/genres.ts'
import { measureWork, type WorkSize } from '../draft/measure-work.ts'
import { readCodeLeave, type CodeLeave } from './code-leave.ts'
import { joinChoices } from './join-choices.ts'
import { quietInput } from './quiet-input.ts'
import { tellTimes } from '../text/tell-times.ts'
import { readLength, type Length } from './read-length.ts'

export type Genre = Distilled['genre']

/** What the rules of every role look at, read once. */
export interface Bench {
  readonly input: RoleInput
  /** Whether words addressed to a machine were taken out. */
  readonly left_out: boolean
  readonly genre: Genre
  /** The extension of the first target. */
  readonly extension: string
  /** The requirements the task answers; those of one choice stand together as one. */
  readonly own: readonly Requirement[]
  /** Whether somebody said which the task answers; else its form takes what it is about. */
  readonly isLinked: boolean
  readonly size: WorkSize
  /** What keeps stubs of code and of tests out of it. */
  readonly leave: CodeLeave
  readonly words: Length | null
  readonly minutes: Length | null
  readonly slides: Length | null
}

/** Extensions of languages in which something is programmed. */
export const CODE: ReadonlySet<string> = new Set([
  'py',
  'js',
  'ts',
  'java',
  'kt',
  'c',
  'h',
  'cpp',
  'cs',
  'go',
  'rs',
  'rb',
  'php',
  'hs',
  'm',
  'r',
])

const NO_POLICY: AiPolicy = { level: null, evidence: [] }

/** The requirements a task names; none where it names none that are there. */
function namedBy({ subject, requirements }: RoleInput): readonly Requirement[] {
  const named = new Set(subject.requirement_ids)
  return requirements.filter(({ id }) => named.has(id))
}

/** What sort of work a build without an assignment is: code where it names a language, else anything. */
function guessGenre({ subject, requirements }: RoleInput, extension: string): Genre {
  const said = [subject.title, subject.deliverable, ...requirements.map(({ statement }) => statement)].join(
    '\n',
  )
  const languages = formatsNamed(said, 'programming').filter((named) => CODE.has(named))
  return CODE.has(extension) || languages.length > 0 ? 'programming' : 'general'
}

/** Reads what a role works from. */
export function readBench(given: RoleInput): Bench {
  const { input: quiet, left_out } = quietInput(given)
  const zone = quiet.assignment?.time_zone ?? null
  const requirements = quiet.requirements.map((one) => ({
    ...one,
    statement: tellTimes(one.statement, zone),
  }))
  const input = { ...quiet, requirements }
  const extension = extensionOf(input.subject.target_paths[0])
  const genre = input.assignment?.genre ?? guessGenre(input, extension)
  const all = input.requirements
  const named = namedBy(input)
  const isLinked = named.length > 0 || input.assignment === null
  return {
    input,
    left_out,
    genre,
    extension,
    own: joinChoices(named.length > 0 ? named : all),
    isLinked,
    size: measureWork(all, GENRES[genre].usual),
    leave: readCodeLeave({
      ai_policy: input.assignment?.ai_policy ?? NO_POLICY,
      requirements: all,
      isSettled: input.assignment === null && CODE.has(extension),
    }),
    words: readLength(all, 'words'),
    minutes: readLength(all, 'minutes'),
    slides: readLength(all, 'slides'),
  }
}
