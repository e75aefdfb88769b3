import type { EarlierWork } from './role-input.ts'

/** What the tasks before have left, a line a file: an artefact may say it as it is, whatever their words are. */
export function sayEarlier(earlier: readonly EarlierWork[]): readonly string[] {
  return earlier.flatMap(({ task, files }) =>
    files.map(({ path, summary }) => `${path}, from “${task}”: ${summary}`),
  )
}
