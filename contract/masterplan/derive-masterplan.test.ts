import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { deriveMasterplan } from './derive-masterplan.ts'
import type { DerivedMasterplan, DerivedTask } from './derived-plan.ts'
import { Plan, type PlanTask } from '../plan.ts'
import { Slug } from '../primitives.ts'
import { Distilled } from '../requirements.ts'
import { findCircularTasks } from '../execution/task-graph.ts'

const line = fc.oneof(
  fc.constantFrom(
    'Read the brief',
    'read',
    'Évaluer les sources',
    '数学',
    '–',
    'con',
    'A table of raw data (.csv)',
  ),
  fc.string({ minLength: 1, maxLength: 260, unit: 'binary' }),
)
const lines = fc.array(line, { maxLength: 4 })
const slug = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}$/)
const id = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('read-sources', 'risk-read', 'final-checks', 'con', 'aux') },
  { weight: 4, arbitrary: slug },
)

const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    ids: fc.uniqueArray(id, { maxLength: 24 }),
    milestoneIds: fc.uniqueArray(id, { minLength: 1, maxLength: 6 }),
    summary: fc.record({
      title: line,
      objective: line,
      success_definition: line,
      hard_constraints: lines,
      grading_signals: lines,
    }),
    risks: fc.array(fc.record({ risk: line, impact: line, mitigation: line }), { maxLength: 5 }),
    strategy: fc.record({ final_checklist: lines, quality_bar: line, common_failure_modes: lines }),
  })
  .chain(({ ids, milestoneIds, summary, risks, strategy }) =>
    fc.gen().map((g): Plan => {
      const tasks = ids.map((id, place): PlanTask => ({
        id,
        title: g(() => line),
        description: g(() => line),
        deliverable: g(fc.boolean) ? g(() => line) : '  ',
        done_definition: g(() => line),
        estimated_effort: `${g(fc.integer, { min: 1, max: 500 })}${g(fc.constantFrom, 'm', 'h')}`,
        depends_on: place === 0 ? [] : g(fc.subarray, ids.slice(0, place), { maxLength: Math.min(place, 3) }),
      }))
      // Tasks are dealt out, so that dependencies cross milestones in both directions.
      const milestones = milestoneIds.map((id, index) => ({
        id,
        title: g(() => line),
        purpose: g(() => line),
        acceptance_criteria: g(() => lines),
        due_strategy: g(() => line),
        order: g(fc.integer, { min: 1, max: 6 }),
        tasks: tasks.filter((_, place) => place % milestoneIds.length === index),
      }))
      return { assignment_summary: summary, milestones, risks, submission_strategy: strategy }
    }),
  )
const anyGenre = fc.constantFrom(...Distilled.shape.genre.options)

function derive(plan: Plan, genre: Parameters<typeof deriveMasterplan>[1] = 'essay'): DerivedMasterplan {
  const derivation = deriveMasterplan(plan, genre)
  if (derivation.kind === 'derived') return derivation.masterplan
  throw new TypeError(derivation.faults.join())
}
const tasksOf = ({ phases }: Pick<DerivedMasterplan, 'phases'>): readonly DerivedTask[] =>
  phases.flatMap(({ milestones }) => milestones.flatMap(({ tasks }) => tasks))
const ofType = (masterplan: DerivedMasterplan, type: DerivedTask['task_type']) =>
  tasksOf(masterplan).filter(({ task_type }) => task_type === type)

/** Everything a task waits for, directly or not. */
function ancestorsOf(tasks: readonly DerivedTask[], slug: string): ReadonlySet<string> {
  const needs = new Map(tasks.map((task) => [task.slug, task.depends_on_tasks]))
  const reached = new Set(needs.get(slug))
  for (const id of reached) for (const need of needs.get(id) ?? []) reached.add(need)
  return reached
}

describe('deriveMasterplan(), for any plan', () => {
  const holds = (check: (masterplan: DerivedMasterplan, plan: Plan) => void) =>
    fc.assert(
      fc.property(anyPlan, anyGenre, (plan, genre) => {
        expect(Plan.safeParse(plan).error).toBeUndefined()
        check(derive(plan, genre), plan)
      }),
      { numRuns: 150 },
    )

  test('has setup, core and polish, every task numbered through them, every slug its own', () => {
    holds((masterplan) => {
      const { phases } = masterplan
      expect(phases.map(({ phase_type, phase_number }) => `${phase_number} ${phase_type}`)).toEqual([
        '1 setup',
        '2 core',
        '3 polish',
      ])
      const tasks = tasksOf(masterplan)
      const milestones = phases.flatMap((phase) => phase.milestones)
      expect(tasks.map(({ task_number }) => task_number)).toEqual(tasks.map((_, index) => index + 1))
      expect(milestones.map(({ milestone_number }) => milestone_number)).toEqual(
        milestones.map((_, index) => index + 1),
      )
      for (const all of [tasks, milestones]) {
        expect(new Set(all.map(({ slug }) => slug)).size).toBe(all.length)
        for (const { slug } of all) expect(Slug.safeParse(slug).success).toBe(true)
      }
      expect(Slug.safeParse(masterplan.slug).success).toBe(true)
    })
  })

  test('drops nothing: each risk is settled, each task worked, each line of the checklist checked', () => {
    holds((masterplan, plan) => {
      const { risks, submission_strategy, milestones } = plan
      const texts = (type: DerivedTask['task_type']) =>
        ofType(masterplan, type).map(({ validation }) => validation[0]?.text)
      expect(ofType(masterplan, 'read_sources').length).toBe(1)
      expect(texts('settle_risk')).toEqual(risks.map(({ mitigation }) => mitigation))
      expect(texts('final_check')).toEqual(submission_strategy.final_checklist)
      const inOrder = milestones.toSorted((one, other) => one.order - other.order)
      const core = masterplan.phases[1]?.milestones
      expect(core?.map(({ slug }) => slug)).toEqual(inOrder.map(({ id }) => id))
      for (const { id, acceptance_criteria, tasks } of milestones) {
        const own = core?.find(({ slug }) => slug === id)?.tasks
        expect(own?.map(({ slug }) => slug)).toEqual(tasks.map((task) => task.id))
        for (const [index, { done_definition }] of tasks.entries()) {
          const validation = own?.[index]?.validation.map(({ text }) => text)
          expect(validation).toEqual([done_definition, ...acceptance_criteria])
        }
      }
    })
  })

  test('waits honestly: all for the reading, work for what the plan says, a final check for all work, nothing in a circle', () => {
    holds((masterplan, plan) => {
      const tasks = tasksOf(masterplan)
      const nodes = tasks.map(({ slug, depends_on_tasks }) => ({ id: slug, depends_on: depends_on_tasks }))
      expect(findCircularTasks(nodes)).toEqual([])
      const [reading] = ofType(masterplan, 'read_sources').map(({ slug }) => slug)
      for (const { slug } of tasks.slice(1)) expect(ancestorsOf(tasks, slug)).toContain(reading)
      for (const { id, depends_on } of plan.milestones.flatMap((milestone) => milestone.tasks)) {
        const task = tasks.find(({ slug }) => slug === id)
        expect(task?.depends_on_tasks).toEqual(depends_on.length === 0 ? [reading] : depends_on)
      }
      const work = ofType(masterplan, 'work').map(({ slug }) => slug)
      for (const { slug } of ofType(masterplan, 'final_check')) {
        const over = ancestorsOf(tasks, slug)
        expect(work.filter((each) => !over.has(each))).toEqual([])
      }
      const risks = new Set(ofType(masterplan, 'settle_risk').map(({ slug }) => slug))
      expect(tasks.filter(({ depends_on_tasks }) => depends_on_tasks.some((id) => risks.has(id)))).toEqual([])
    })
  })

  test('tells each dependency from both ends, and milestones only of earlier ones', () => {
    holds((masterplan) => {
      const tasks = tasksOf(masterplan)
      const forward = tasks.flatMap((task) => task.depends_on_tasks.map((need) => `${need} ${task.slug}`))
      const backward = tasks.flatMap((task) => task.blocks_tasks.map((waiting) => `${task.slug} ${waiting}`))
      expect(backward.toSorted()).toEqual(forward.toSorted())
      const before: string[] = []
      for (const { slug, depends_on_milestones } of masterplan.phases.flatMap(
        ({ milestones }) => milestones,
      )) {
        expect(depends_on_milestones.filter((other) => !before.includes(other))).toEqual([])
        before.push(slug)
      }
    })
  })

  test('M23 target_files differ between tasks, are safe on every system, and never fall back to a default name', () => {
    holds((masterplan, plan) => {
      const tasks = tasksOf(masterplan)
      const files = tasks.flatMap(({ target_files }) => target_files)
      expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(tasks.length)
      const due = plan.milestones.flatMap((milestone) => milestone.tasks)
      for (const phase of masterplan.phases) {
        for (const { slug, task_number, target_files, deliverable } of tasksOf({ phases: [phase] })) {
          expect(deliverable).toBe(due.find(({ id }) => id === slug)?.deliverable.trim() ?? '')
          const name = `${phase.phase_type}/${String(task_number).padStart(3, '0')}-${slug}`
          expect(target_files).toHaveLength(1)
          expect(target_files[0]).toMatch(
            new RegExp(`^${name}\\.${deliverable === '' ? 'md' : '[a-z]{1,4}'}$`),
          )
          expect(target_files[0].length).toBeLessThan(120)
        }
      }
    })
  })
})

const planOf = (tasks: readonly Partial<PlanTask>[], risks: Plan['risks'] = []): Plan => ({
  assignment_summary: {
    title: 'Essay on café culture',
    objective: 'Argue a case',
    success_definition: 'The case holds.',
    hard_constraints: ['At most 2,000 words'],
    grading_signals: [],
  },
  milestones: [
    {
      id: 'start',
      title: 'Start',
      purpose: 'Begin',
      acceptance_criteria: ['There is a claim'],
      due_strategy: 'This week',
      order: 1,
      tasks: tasks.map((task, index) => ({
        id: `t${index}`,
        title: 'Do it',
        description: 'As said.',
        deliverable: 'An outline',
        done_definition: 'It is done.',
        estimated_effort: '1h',
        depends_on: [],
        ...task,
      })),
    },
  ],
  risks,
  submission_strategy: {
    final_checklist: ['It is named', 'It is named'],
    quality_bar: 'Good.',
    common_failure_modes: ['Haste'],
  },
})

describe('deriveMasterplan()', () => {
  test('refuses an unknown dependency, a circle and a doubled id, and says which', () => {
    expect(deriveMasterplan(planOf([{ depends_on: ['ghost'] }]), 'essay')).toEqual({
      kind: 'refused',
      faults: ['task t0 depends on unknown task ghost'],
    })
    const circle = deriveMasterplan(planOf([{ depends_on: ['t1'] }, { depends_on: ['t0'] }]), 'essay')
    expect(circle).toMatchObject({ kind: 'refused', faults: [expect.stringContaining('circular')] })
    expect(deriveMasterplan(planOf([{}, { id: 't0' }]), 'essay').kind).toBe('refused')
  })

  test('takes duration and complexity from the effort, and none where the plan gives none', () => {
    const masterplan = derive(
      planOf([
        { estimated_effort: '30m' },
        { estimated_effort: '2h' },
        { estimated_effort: '6h' },
        { estimated_effort: '361m' },
      ]),
    )
    const told = ofType(masterplan, 'work').map((task) => [task.estimated_minutes, task.complexity])
    expect(told).toEqual([
      [30, 'low'],
      [120, 'medium'],
      [360, 'high'],
      [361, 'critical'],
    ])
    expect(masterplan.estimated_minutes).toBe(871)
    const target_files = ['setup/001-read-sources.md']
    const [reading] = ofType(masterplan, 'read_sources')
    expect(reading).toMatchObject({ estimated_minutes: null, complexity: 'low', target_files })
  })

  test('names tasks in the words of the plan, apart from each other even when the words are the same', () => {
    const risk = { risk: 'Zu spät', impact: 'Points are lost.', mitigation: 'Begin today.' }
    const masterplan = derive(planOf([{ id: 'risk-zu-spat' }], [risk, { ...risk, risk: '–' }]))
    expect(masterplan.slug).toBe('essay-on-cafe-culture')
    expect(tasksOf(masterplan).map(({ slug }) => slug)).toEqual([
      'read-sources',
      'risk-zu-spat-2',
      'risk-2',
      'risk-zu-spat',
      'check-it-is-named',
      'check-it-is-named-2',
    ])
    const [settle] = ofType(masterplan, 'settle_risk')
    expect(settle?.name).toBe('Zu spät')
    expect(settle?.description).toContain('Begin today.')
  })

  test('leaves out what a plan has none of, and its final checks then wait for the reading', () => {
    const masterplan = derive(planOf([]))
    expect(masterplan.phases.map(({ milestones }) => milestones.map(({ slug }) => slug))).toEqual([
      ['read-the-sources'],
      ['start'],
      ['final-checks'],
    ])
    expect(ofType(masterplan, 'final_check')[0]?.depends_on_tasks).toEqual(['read-sources'])
    const bare = derive({
      ...planOf([]),
      submission_strategy: { final_checklist: [], quality_bar: 'Good.', common_failure_modes: [] },
    })
    expect(bare.phases[2]).toMatchObject({ phase_type: 'polish', milestones: [] })
  })
})
