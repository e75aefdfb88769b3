import { ArtefactPath } from '../../../../../contract/phase-results.ts'
import { createArtefactGuard } from '../../../../roles/guard/guard-artefact.ts'
import { knownWords } from '../../../../roles/guard/known-words.ts'
import type { RoleInput } from '../../../../roles/role-input.ts'
import { settled, type Check } from './check.ts'
import { findSyntaxFault } from './find-syntax-fault.ts'

function checkTargets({ files, subject }: RoleInput): Check {
  const targets = new Set<string>(subject.target_paths)
  const paths = new Set(files.map(({ path }) => path))
  return settled(
    'Each file stands at its target, and no other does.',
    [
      ...[...targets].filter((path) => !paths.has(path)).map((path) => `${path} is missing.`),
      ...[...paths].filter((path) => !targets.has(path)).map((path) => `${path} was not asked for.`),
      ...[...paths]
        .filter((path) => !ArtefactPath.safeParse(path).success)
        .map(() => 'A path leads out of its directory.'),
    ],
    `As asked: ${[...targets].join(', ')}.`,
  )
}

function checkNotEmpty({ files }: RoleInput): Check {
  const empty = files.filter(({ body }) => body.trim() === '').map(({ path }) => `${path} is empty.`)
  const faults = files.length === 0 ? ['There is no file.'] : empty
  return settled('No file is empty.', faults, 'Each holds something.')
}

function checkFormat({ files }: RoleInput): Check {
  const faults = files.flatMap(({ path, body }) => {
    const fault = findSyntaxFault(path, body)
    return fault === null ? [] : [`${path}: ${fault}`]
  })
  return settled('Each file keeps the rules of its format.', faults, 'Each can be read as what it is.')
}

function checkWords(input: RoleInput): Check {
  const guard = createArtefactGuard(knownWords(input))
  const faults = input.files.flatMap(({ path, body }) =>
    guard(path, body).map(({ text, why }) => `${path}: “${text}”: ${why}.`),
  )
  return settled(
    'Nothing in it could be handed in, is invented, or speaks to a machine.',
    faults,
    'Every line asks, points or keeps a place.',
  )
}

/** What code sees of the files themselves: where they stand, whether they can be read, and what their words are. */
export function checkFiles(input: RoleInput): readonly Check[] {
  return [checkTargets(input), checkNotEmpty(input), checkFormat(input), checkWords(input)]
}
