import type { FailureResult, PhaseResult } from '../../contract/phase-results.ts'
import type { ModelReply } from '../llm/port.ts'
import { toLine } from './lines.ts'
import { findReleaseFaults } from './pre-check.ts'
import type { Artefact, RoleInput } from './role-input.ts'
import type { AskRole } from './work-phase.ts'

const LONGEST_NOTE = 480

/** Whether the files may be written; where they may not, what the build fails with. */
export type Release =
  | { readonly kind: 'held'; readonly result: FailureResult; readonly reply: ModelReply<'release'> | null }
  | {
      readonly kind: 'ready'
      readonly files: readonly Artefact[]
      readonly note: string
      readonly reply: ModelReply<'release'>
    }

/** A file as it was read back from where it was written; null where it is not there. */
export interface ReadBack {
  readonly path: string
  readonly sha256: string | null
  readonly bytes: number
}

/** Checks once more what is to be released, and asks the release manager; code that says no is not overruled. */
export async function workRelease(input: RoleInput, ask: AskRole): Promise<Release> {
  const [fault] = findReleaseFaults(input)
  if (fault !== undefined)
    return { kind: 'held', result: { reason: toLine(fault, LONGEST_NOTE) }, reply: null }
  const reply = await ask('release', input)
  const note = toLine(reply.output.note, LONGEST_NOTE)
  if (!reply.output.release)
    return { kind: 'held', result: { reason: note === '' ? 'The release was held back.' : note }, reply }
  return { kind: 'ready', files: input.files, note, reply }
}

/** Judges a release by what was read back: each file is there, not empty, and what was written. */
export function judgeRelease(
  { files, note }: Pick<Extract<Release, { kind: 'ready' }>, 'files' | 'note'>,
  readBack: readonly ReadBack[],
  released_at: string,
): PhaseResult<'deployment'> {
  const found = new Map(readBack.map((each) => [each.path, each]))
  const faults = files.flatMap(({ path, sha256 }) => {
    const there = found.get(path)
    if (there === undefined || there.sha256 === null) return [`${path} is not there.`]
    if (there.bytes === 0) return [`${path} is empty.`]
    return there.sha256 === sha256 ? [] : [`${path} is not what was written.`]
  })
  const fine = `Read back ${files.length === 1 ? 'one file' : `${files.length} files`}, each as it was written. ${note}`
  return {
    target_files: files.map(({ path }) => path),
    smoke_test: {
      passed: faults.length === 0,
      note: toLine(faults.length === 0 ? fine : faults.join(' '), LONGEST_NOTE),
    },
    released_at,
  }
}
