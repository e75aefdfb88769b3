import type { PhaseResult } from '../../../../contract/phase-results.ts'
import { writeComponent } from '../../../roles/component.ts'
import { fitLines } from '../../../roles/lines.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { shareOut } from '../../../roles/scaffold/share-out.ts'
import { formatFullMoment, inZone } from '../text/zone.ts'
import type { Bench } from './bench.ts'
import { discoverOffline } from './discover.ts'
import { stubsTests } from './compose-code.ts'
import type { Form, PartPlan } from './forms/form.ts'
import { prepare, type Prepared } from './prepare.ts'
import { shareBudget } from './share-budget.ts'
import { listCriteria } from './success-criteria.ts'

const ROOM = { lines: 200, characters: 16_000, each: 500 }
const ROOM_TOLD = { lines: 200, characters: 20_000, each: 400 }
const SITTING = 90

const BY_CODE =
  'Checked by code: the file stands at its target, is not empty and keeps the rules of its format; shares add up to the whole; every number and quotation stands in a source; nothing in it reads like the work itself; every criterion has its place.'
const BY_STUBS = ' What a run can show has a stub of a test that fails until it is written.'
const IN_WORDS = ' What a run can show has a row, where its test is planned in words and written by you.'
const BY_THE_STUDENT =
  'Only the finished work can show the rest: hold it against each line under “Done when”.'

/** How the work is tested: what code can see, and what only the finished work shows. */
function writeTestStrategy(bench: Bench, { code }: Form, own: string | null): string {
  const how = stubsTests(bench) ? BY_STUBS : IN_WORDS
  return `${BY_CODE}${code === true ? how : ''} ${own === null ? '' : `${own} `}${BY_THE_STUDENT}`
}

/** When the task is due, in the student's zone; null where no date is known. */
export function sayDue({ input }: Bench): string | null {
  const { due_at = null, time_zone = null } = input.assignment ?? {}
  if (due_at === null) return null
  const at = inZone(due_at, time_zone ?? 'UTC')
  return formatFullMoment(at.isValid ? at : inZone(due_at, 'UTC'))
}

/** The minutes of a task shared out over its steps, adding up to what was estimated, and the date the whole is due. */
function writeTimeline(bench: Bench): string {
  const minutes = bench.input.subject.estimated_minutes
  const due = sayDue(bench)
  const until = due === null ? 'No date is known: set one.' : `The assignment is due ${due}.`
  if (minutes === null)
    return `No effort was estimated: set a time before you begin, and stop when it is over. ${until}`
  const [decide = 0, fill = 0, check = 0] = shareOut(minutes, [15, 65, 20], minutes >= 40 ? 5 : 1)
  const sittings = Math.ceil(minutes / SITTING)
  const split = sittings > 1 ? ` Take ${sittings} sittings.` : ''
  return `${minutes} minutes in all: ${decide} to read what holds and decide, ${fill} to fill the parts in their order, ${check} to hold it against the criteria.${split} ${until}`
}

/** A plan of these parts: shares that add up, how it is tested with what somebody adds to that, by when, what is success. */
export function arrangeParts(
  { bench, form, whole }: Prepared,
  parts: readonly PartPlan[],
  strategy: string | null,
): PhaseResult<'planning'> {
  const told = bench.input.results.discovery ?? discoverOffline(bench.input)
  return {
    implementation_plan: {
      components: fitLines(
        shareBudget(parts, whole).map(writeComponent),
        ROOM,
        (count) => `And ${count} more parts`,
      ),
      test_strategy: writeTestStrategy(bench, form, strategy),
      timeline: writeTimeline(bench),
      success_criteria: listCriteria(bench),
    },
    requirements: fitLines(
      told.requirements,
      ROOM_TOLD,
      (count) => `And ${count} more, which the scaffold holds.`,
    ),
  }
}

/** Plans by rules how a scaffold is built. */
export function arrangeOffline(input: RoleInput): PhaseResult<'planning'> {
  const prepared = prepare(input)
  return arrangeParts(prepared, prepared.parts, null)
}
