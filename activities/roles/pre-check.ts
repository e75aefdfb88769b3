import { createHash } from 'node:crypto'

import { ArtefactPath } from '../../contract/phase-results.ts'
import type { RoleInput } from './role-input.ts'

const sha256Of = (body: string): string => createHash('sha256').update(body, 'utf8').digest('hex')

/** Why the files may not be written: no approval, other hashes than were tested, other paths than were asked for. */
export function findReleaseFaults({ results, files, subject }: RoleInput): readonly string[] {
  const { implementation, testing, verification } = results
  const promised = new Map((implementation?.code ?? []).map(({ path, sha256 }) => [path, sha256]))
  const targets = new Set<string>(subject.target_paths)
  return [
    ...(verification?.approved_for_deployment === true ? [] : ['Nobody has approved the work.']),
    ...(testing?.passed === true ? [] : ['No test of the work that passed stands.']),
    ...(promised.size > 0 ? [] : ['There is no file to release.']),
    ...[...promised.keys()]
      .filter((path) => !files.some((file) => file.path === path))
      .map((path) => `${path} was made and is not there.`),
    ...files
      .filter(({ path, body, sha256 }) => sha256 !== sha256Of(body) || promised.get(path) !== sha256)
      .map(({ path }) => `${path} is not what was tested.`),
    ...files
      .filter(({ path }) => !ArtefactPath.safeParse(path).success || !targets.has(path))
      .map(() => 'A file is to be written where none was asked for.'),
  ]
}
