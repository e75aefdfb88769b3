import { createNamer, toSlug } from '../../../../contract/slug.ts'
import { languageOf } from '../../../roles/scaffold/languages/languages.ts'
import type { CodeSkeleton, Signature } from '../../../roles/scaffold/scaffold.ts'
import { formatsNamed } from '../../../../contract/masterplan/target-files.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'
import { asLine } from '../draft/restate.ts'
import { CODE, type Bench } from './bench.ts'
import type { Form } from './forms/form.ts'
import { joinChoices } from './join-choices.ts'
import { readNamedCode } from './names-in-brief.ts'
import { asksForTest, isShownByRunning, saysBehaviour } from './shown-by-running.ts'

const MOST_TESTS = 40
const LONGEST_NAME = 54
const ALL_TESTS = /\btests\b/i

const wordsOf = ({ input, own }: Bench): readonly string[] => [
  input.subject.description,
  input.subject.deliverable,
  ...own.flatMap(({ statement, evidence }) => [statement, ...evidence.map(({ quote }) => quote)]),
]

/**
 * The language of stubs: that of the file, else the first the brief names; null where it names none, leaves the choice
 * open, or lets no tool write code.
 */
function languageFor({ extension, input, leave }: Bench): string | null {
  if (leave.code !== null || leave.languages.length > 1) return null
  if (CODE.has(extension)) return extension
  const said = [input.subject.deliverable, ...input.requirements.map(({ statement }) => statement)].join('\n')
  const named = formatsNamed(said, 'programming').find((each) => CODE.has(each))
  return named === undefined || languageOf(named) === null ? null : named
}

/** Whether tests have stubs; where they have none, each is planned in words. */
export function stubsTests(bench: Bench): boolean {
  return languageFor(bench) !== null && bench.leave.tests === null
}

/** What a run can show: the done definition, then what the brief says the program does. */
function shownByRunning({ input, own }: Bench, criteria: readonly string[], form: Form): readonly string[] {
  const done = new Set(
    input.subject.validation.filter(({ of }) => of === 'done_definition').map(({ text }) => foldWords(text)),
  )
  const { deliverable, title } = input.subject
  const isOfTests = form.id === 'tests'
  // Tests are of everything the program does, whichever task makes it; one test is of what is asked of it.
  const isOfAll = isOfTests && ALL_TESTS.test(`${title} ${deliverable}`)
  const behaviour = (isOfAll ? joinChoices(input.requirements) : own)
    .filter((each) => isShownByRunning(each) || (isOfTests && !isOfAll && asksForTest(each)))
    .map(asLine)
  const said = criteria.filter((criterion) => done.has(foldWords(criterion)) && saysBehaviour(criterion))
  return [...new Set([...said, ...behaviour])].slice(0, MOST_TESTS)
}

/** The name of a test: the first words of what it shows, none of them cut. */
function nameTest(shows: string): string {
  const slug = toSlug(shows, LONGEST_NAME + 1)
  const words = slug.length > LONGEST_NAME ? slug.slice(0, slug.lastIndexOf('-')) : slug
  return `test-${words || 'criterion'}`
}

const asWritten = ({ kind, name, parameters, typed }: Signature): string =>
  kind === 'class' ? name : (typed ?? `${name}(${parameters.join(', ')})`)

/**
 * The code of a scaffold: what the brief itself names, and a stub for each thing that a run can show. Where only the
 * student may write code or tests, or no language is settled, names stay names and tests are planned in words.
 */
export function composeCode(bench: Bench, form: Form, criteria: readonly string[]): CodeSkeleton {
  const { files, signatures } = readNamedCode(wordsOf(bench))
  const shown = shownByRunning(bench, criteria, form)
  const language = languageFor(bench)
  const hasStubs = stubsTests(bench)
  const nameIt = createNamer(signatures.map(({ name }) => name.toLowerCase()))
  return {
    language,
    files,
    names: signatures.map(asWritten),
    signatures: language === null ? [] : signatures,
    tests: hasStubs
      ? shown.map((shows) => ({ name: nameIt(nameTest(shows)).replaceAll('-', '_'), shows }))
      : [],
    planned: hasStubs ? [] : shown,
  }
}
