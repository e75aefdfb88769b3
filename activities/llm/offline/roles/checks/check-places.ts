import { foldWords } from '../../../../roles/guard/known-words.ts'
import { readTexts } from '../../../../roles/guard/read-texts.ts'
import type { Artefact, RoleInput } from '../../../../roles/role-input.ts'
import { extensionOf, isBare } from '../../../../roles/scaffold/write-scaffold.ts'
import { prepare } from '../prepare.ts'
import { listCriteria } from '../success-criteria.ts'
import type { Check } from './check.ts'

/** A text that can be looked for words in, whatever its format. */
export interface Searchable {
  readonly path: string
  readonly holds: (words: string) => boolean
}

const folding = (texts: readonly string[]) => ` ${texts.map(foldWords).join(' ')} `

function searchIn(path: string, texts: readonly string[]): Searchable {
  const folded = folding(texts)
  const raw = texts.join('\n')
  return {
    path,
    holds: (words) => {
      const wanted = foldWords(words)
      return wanted === '' ? raw.includes(words.trim()) : folded.includes(` ${wanted} `)
    },
  }
}

/** The words and the code of an artefact, to look for others in. */
export function searchArtefact({ path, body }: Pick<Artefact, 'path' | 'body'>): Searchable {
  const { words, code } = readTexts(path, body)
  return searchIn(path, [...words, ...code])
}

/** The success criteria that stand: those of the plan, else those that follow from the task. */
export function criteriaOf(input: RoleInput): readonly string[] {
  return input.results.planning?.implementation_plan.success_criteria ?? listCriteria(prepare(input).bench)
}

/** Whether each success criterion has a place in the artefacts; a file of data has none, and its test cases stand for it. */
export function checkPlaces(input: RoleInput): readonly Check[] {
  const files = input.files.map(searchArtefact)
  const hasBare = input.files.some(({ path }) => isBare(extensionOf(path)))
  const beside = searchIn('the test cases', hasBare ? (input.results.implementation?.test_cases ?? []) : [])
  return criteriaOf(input).map((criterion) => {
    const place = [...files, beside].find(({ holds }) => holds(criterion))
    return place === undefined
      ? { criterion, passed: false, covered: false, note: 'It has no place in the scaffold: give it one.' }
      : {
          criterion,
          passed: true,
          covered: true,
          note: `Has its place in ${place.path}; not_assessed: only the finished work can show it.`,
        }
  })
}
