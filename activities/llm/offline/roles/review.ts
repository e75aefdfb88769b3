import type { PhaseResult } from '../../../../contract/phase-results.ts'
import { readComponent } from '../../../roles/component.ts'
import { toLine } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { extensionOf, isBare } from '../../../roles/scaffold/write-scaffold.ts'
import { settled, type Check } from './checks/check.ts'
import { checkFiles } from './checks/check-files.ts'
import { searchArtefact } from './checks/check-places.ts'
import { checkCovered, checkQuotes } from './checks/check-sources.ts'

const MOST_BYTES = 400_000
const LINES_PER_PAGE = 50
const LONGEST_TEXT = 3_000
const LONGEST_LINE = 560

/** What the parts of a report speak of. */
export const ASPECTS = ['security', 'performance', 'architecture', 'documentation'] as const
export type Aspect = (typeof ASPECTS)[number]

/** What was looked at for each aspect of a report. */
export type Findings = { readonly [A in Aspect]: readonly Check[] }

/** What a person needs to read and print the files. */
function checkSize({ files }: RoleInput): Check {
  const bytes = files.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
  const lines = files.reduce((sum, { body }) => sum + body.split('\n').length, 0)
  const pages = Math.max(1, Math.ceil(lines / LINES_PER_PAGE))
  return settled(
    'It is short enough to be worked with.',
    bytes > MOST_BYTES ? [`It has ${bytes} bytes, which nobody reads.`] : [],
    `${bytes} bytes in ${lines} lines, about ${pages} ${pages === 1 ? 'page' : 'pages'} printed; nothing in it has to be run.`,
  )
}

/** Whether the files are built as planned. */
function checkShape(input: RoleInput): Check {
  const names = (input.results.planning?.implementation_plan.components ?? []).map(
    (text) => readComponent(text).name,
  )
  const readable = input.files.filter(({ path }) => !isBare(extensionOf(path)))
  const files = readable.map(searchArtefact)
  const lost = readable.length === 0 ? [] : names.filter((name) => !files.some(({ holds }) => holds(name)))
  return settled(
    'Every part of the plan is a part of the scaffold.',
    lost.map((name) => `“${name}” is planned and does not stand there.`),
    readable.length === 0
      ? 'A file of data has columns in the place of parts.'
      : `${names.length} parts, as planned.`,
  )
}

function checkDocs({ results }: RoleInput): Check {
  const docs = results.implementation?.docs ?? ''
  return settled(
    'It says how to work with it.',
    docs.trim() === '' ? ['No word says how to work with it.'] : [],
    docs,
  )
}

/** Looks at everything code can judge before a release, by the aspects of the report. */
export function findAll(input: RoleInput): Findings {
  const [targets, filled, format, words] = checkFiles(input)
  const some = (...checks: readonly (Check | undefined)[]) => checks.filter((check) => check !== undefined)
  return {
    security: some(targets, words),
    performance: [checkSize(input)],
    architecture: some(checkShape(input), filled, format),
    documentation: [checkDocs(input), checkQuotes(input), checkCovered(input)],
  }
}

const say = ({ criterion, note }: Check): string => `${criterion} ${note}`

function checkTests({ results }: RoleInput): Check {
  const { testing } = results
  return settled(
    'The tests passed.',
    testing?.passed === true ? [] : ['No test that passed stands.'],
    `${testing?.test_results.length ?? 0} criteria at a coverage of ${testing?.test_coverage ?? 0}.`,
  )
}

/** The report that follows from what was found: approved where nothing stands against it. */
export function concludeReview(input: RoleInput, findings: Findings): PhaseResult<'verification'> {
  const write = (aspect: Aspect): string => toLine(findings[aspect].map(say).join(' '), LONGEST_TEXT)
  const all = [checkTests(input), ...ASPECTS.flatMap((aspect) => findings[aspect])]
  return {
    verification_report: {
      security: write('security'),
      performance: write('performance'),
      architecture: write('architecture'),
      documentation: write('documentation'),
      readiness: all.map(({ criterion, passed, note }) =>
        toLine(passed ? `Ready: ${criterion}` : `Not ready: ${criterion} ${note}`, LONGEST_LINE),
      ),
    },
    approved_for_deployment: all.every(({ passed }) => passed),
  }
}

/** Judges by code whether the work may be released. */
export function reviewOffline(input: RoleInput): PhaseResult<'verification'> {
  return concludeReview(input, findAll(input))
}
