import { Plan, type PlanTask } from '../../../contract/plan.ts'
import type { Brief } from '../../../activities/llm/briefs/load-briefs.ts'
import { checkGraph } from '../../../activities/verify/check-graph.ts'
import { findUnnamed } from '../../../activities/verify/check-rubric.ts'
import { readDates } from '../../../activities/verify/read-dates.ts'
import { gatherSources, type Verifiable } from '../../../activities/verify/sources.ts'
import { verifyPlan } from '../../../activities/verify/verify-plan.ts'
import { matchRequirements } from '../reading/match-requirements.ts'
import { tally, type Tallies } from '../tally.ts'

export const PLANNING_FIGURES = [
  'well_formed',
  'graph',
  'in_time',
  'holds',
  'criteria',
  'requirements_planned',
  'marks_planned',
  'tasks_grounded',
  'stage_days',
  'invented',
  'prose_leaks',
] as const

type PlanningFigure = (typeof PLANNING_FIGURES)[number]

const INVENTED: ReadonlySet<string> = new Set([
  'NUMBER_NOT_IN_SOURCE',
  'FILE_TYPE_NOT_IN_SOURCE',
  'DATE_NOT_IN_SOURCE',
  'QUOTATION_NOT_IN_SOURCE',
])
const WHERE_STAGES_STAND = /^\/milestones\/|^\/submission_strategy\//

/** Ids of the requirements some place of the plan answers. */
function planned({ links }: Verifiable): ReadonlySet<string> {
  return new Set(links.flatMap(({ requirement_ids }) => requirement_ids))
}

/** Tasks that answer a requirement; the rest is work on the way. */
function groundedTasks({ plan, links }: Verifiable): readonly PlanTask[] {
  const pointers = links
    .filter(({ requirement_ids }) => requirement_ids.length > 0)
    .map(({ pointer }) => pointer)
  return plan.milestones.flatMap(({ tasks }, index) =>
    tasks.filter((_, place) =>
      pointers.some((pointer) => pointer.startsWith(`/milestones/${index}/tasks/${place}/`)),
    ),
  )
}

/** Days on the way that the instructor set and that stand where the student sees them when they count. */
function stageDays({ gold }: Brief, given: Verifiable) {
  const { strings } = gatherSources(given)
  const named = strings
    .filter(({ pointer }) => WHERE_STAGES_STAND.test(pointer))
    .flatMap(({ text }) => readDates(text))
  const stages = gold.dates.filter(({ role }) => role === 'interim').map(({ day }) => day)
  return tally([...new Set(stages)], (day) => {
    const [, month = 0, date = 0] = day.split('-').map(Number)
    return named.some((use) => use.month === month && use.day === date)
  })
}

/** How well a plan as it was drafted, before anything mended it, answers what was asked. */
export function measurePlan(brief: Brief, given: Verifiable): Tallies<PlanningFigure> {
  const { plan, distilled, context } = given
  const sources = gatherSources(given)
  const { findings } = verifyPlan(given)
  const answered = planned(given)
  const tasks = plan.milestones.flatMap((milestone) => milestone.tasks)
  const grounded = new Set(groundedTasks(given))
  const { matches, missed } = matchRequirements(brief, distilled)
  const isPlanned = matches.filter(({ found }) => answered.has(found.id))
  const unnamed = new Set(findUnnamed(sources).byTasks)
  const count = (codes: (code: string) => boolean) => findings.filter(({ code }) => codes(code)).length
  const said = sources.strings.length
  return {
    well_formed: tally([plan], (one) => Plan.safeParse(one).success),
    graph: tally([plan], (one) => checkGraph(one).length === 0),
    in_time: tally([plan], () => count((code) => code === 'ENDS_AFTER_DUE') === 0),
    holds: tally([plan], () => !findings.some(({ severity }) => severity === 'error')),
    criteria: tally(context.rubric?.criteria ?? [], (criterion) => !unnamed.has(criterion)),
    requirements_planned: tally(distilled.requirements, ({ id }) => answered.has(id)),
    marks_planned: { hit: isPlanned.length, of: matches.length + missed.length },
    tasks_grounded: tally(tasks, (task) => grounded.has(task)),
    stage_days: stageDays(brief, given),
    invented: { hit: count((code) => INVENTED.has(code)), of: said },
    prose_leaks: { hit: count((code) => code === 'SUBMISSION_PROSE'), of: said },
  }
}
