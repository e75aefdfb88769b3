import { createNamer, toSlug } from '../../../../contract/slug.ts'
import { languageOf } from '../../../roles/scaffold/languages/languages.ts'
import type { CodeSkeleton } from '../../../roles/scaffold/scaffold.ts'
import { formatsNamed } from '../../../../contract/masterplan/target-files.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'
import { asLine } from '../draft/restate.ts'
import { topicsOf } from '../draft/topics.ts'
import { CODE, type Bench } from './bench.ts'
import type { Form } from './forms/form.ts'
import { joinChoices } from './join-choices.ts'
import { readNamedCode } from './names-in-brief.ts'

const MOST_TESTS = 40
const LONGEST_NAME = 54
const SHOWN_BY_RUNNING = new Set(['content', 'deliverable', 'method', 'process', 'tool', 'structure'])
// Deadlines, files and manners are looked at, not run.
const LOOKED_AT =
  /\b(?:submit\w*|upload\w*|hand(?:ed)? in|deadline|due|rubric|ticked|readme|canvas|describe|explain|list any|document\w*|docstrings?|comments?|tag|commits?|repository|(?:\d|hundred|thousand)\s?(?:words|pages)|late days?|tests?|groups?)\b|^(?:programming )?(?:language|format|file type):/i

const wordsOf = ({ input, own }: Bench): readonly string[] => [
  input.subject.description,
  input.subject.deliverable,
  ...own.flatMap(({ statement, evidence }) => [statement, ...evidence.map(({ quote }) => quote)]),
]

/** The language the stubs are in: that of the file, else the first the brief names; null where it names none. */
function languageFor({ extension, input }: Bench): string | null {
  if (CODE.has(extension)) return extension
  const said = [input.subject.deliverable, ...input.requirements.map(({ statement }) => statement)].join('\n')
  return formatsNamed(said, 'programming').find((named) => CODE.has(named)) ?? null
}

/** What a run can show: the done definition, then what the brief says the program does. */
function shownByRunning({ input, own }: Bench, criteria: readonly string[], form: Form): readonly string[] {
  const done = new Set(
    input.subject.validation.filter(({ of }) => of === 'done_definition').map(({ text }) => foldWords(text)),
  )
  // Tests are of everything the program does, whichever task makes it.
  const behaviour = (form.id === 'tests' ? joinChoices(input.requirements) : own)
    .filter(({ kind, modality }) => SHOWN_BY_RUNNING.has(kind) && modality !== 'may')
    .filter((requirement) => !topicsOf(requirement).some((topic) => topic === 'docs' || topic === 'setup'))
    .map(asLine)
  const said = criteria.filter((criterion) => done.has(foldWords(criterion)))
  return [...new Set([...said, ...behaviour])].filter((text) => !LOOKED_AT.test(text))
}

/** The name of a test: the first words of what it shows, none of them cut. */
function nameTest(shows: string): string {
  const slug = toSlug(shows, LONGEST_NAME + 1)
  const words = slug.length > LONGEST_NAME ? slug.slice(0, slug.lastIndexOf('-')) : slug
  return `test-${words || 'criterion'}`
}

/** The code of a scaffold: what the brief itself names, and a stub for each thing that a run can show. */
export function composeCode(bench: Bench, form: Form, criteria: readonly string[]): CodeSkeleton {
  const language = languageFor(bench)
  const { files, signatures } = readNamedCode(wordsOf(bench))
  const name = createNamer(signatures.map((signature) => signature.name.toLowerCase()))
  const known = language === null ? null : languageOf(language)
  return {
    language: known === null ? null : language,
    files,
    signatures,
    tests: shownByRunning(bench, criteria, form)
      .slice(0, MOST_TESTS)
      .map((shows) => ({ name: name(nameTest(shows)).replaceAll('-', '_'), shows })),
  }
}
