import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Mark } from '../contract/mark-plan.ts'
import { MARK_STATES } from '../contract/marks.ts'
import { TaskStatus, type Masterplan, type MasterplanTask } from '../contract/masterplans.ts'
import { ORIGIN_WORDS } from '../contract/masterplan/origin-words.ts'
import { printMasterplan } from './print-masterplan.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AT = '2026-11-28T12:00:00.000Z'

type Facts = Pick<MasterplanTask, 'slug' | 'status' | 'task_type'>

function taskOf({ slug, status, task_type }: Facts, index: number): MasterplanTask {
  return {
    task_id: ID.replace(/0{3}$/, `${index}`.padStart(3, '0')),
    slug,
    task_number: index + 1,
    name: `Name of ${slug}`,
    description: 'What to do.',
    status,
    complexity: 'low',
    task_type,
    depends_on_tasks: [],
    blocks_tasks: [],
    target_files: [],
    modified_files: [],
    validation_passed: null,
    validation_errors: [],
    retry_count: 0,
    max_retries: 1,
    manual_retries: 0,
    can_retry: false,
    blocked_by: [],
    last_error: null,
    cost_usd: null,
    tokens: 0,
    workflow_id: null,
    started_at: null,
    completed_at: null,
    failed_at: null,
    subtasks: [{ number: 1, name: 'It holds', description: '', status, completed: status === 'completed' }],
  }
}

function planOf(facts: readonly Facts[]): Masterplan {
  const tasks = facts.map(taskOf)
  const counts = {
    total_tasks: tasks.length,
    completed_tasks: tasks.filter(({ status }) => status === 'completed').length,
    failed_tasks: 0,
    skipped_tasks: 0,
    blocked_tasks: 0,
    progress_percent: 0,
  }
  const named = { name: 'Part', description: '' }
  return {
    ...counts,
    masterplan_id: ID,
    project_name: 'Essay',
    description: '',
    status: 'completed',
    total_phases: 1,
    total_milestones: 1,
    total_subtasks: tasks.length,
    version: 1,
    created_at: AT,
    updated_at: AT,
    started_at: null,
    completed_at: null,
    discovery_id: ID,
    session_id: null,
    user_id: ID,
    assignment: { course_id: '1', assignment_id: '2' },
    generation: 1,
    tech_stack: null,
    architecture_style: null,
    estimated_cost_usd: null,
    actual_cost_usd: null,
    estimated_duration_minutes: null,
    actual_duration_minutes: null,
    llm_model: null,
    generation_cost_usd: null,
    generation_tokens: 0,
    workspace_path: null,
    rejection_reason: null,
    approved_by: null,
    last_error: null,
    phases: [
      {
        ...counts,
        ...named,
        phase_id: ID,
        phase_type: 'core',
        phase_number: 1,
        total_milestones: 1,
        milestones: [
          {
            ...counts,
            ...named,
            milestone_id: ID,
            slug: 'part',
            milestone_number: 1,
            depends_on_milestones: [],
            tasks,
          },
        ],
      },
    ],
  }
}

const SLUGS = ['outline', 'draft', 'proofread', 'hand-in'] as const
const facts = fc.uniqueArray(
  fc.record({
    slug: fc.constantFrom(...SLUGS),
    status: fc.constantFrom(...TaskStatus.options),
    task_type: fc.constantFrom('work' as const, 'final_check' as const),
  }),
  { selector: ({ slug }) => slug },
)
const marks = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('task' as const, 'milestone' as const),
    id: fc.constantFrom(...SLUGS),
    state: fc.constantFrom(...MARK_STATES),
    version: fc.constant(1),
    updated_at: fc.constant(new Date(AT)),
  }),
  { selector: ({ kind, id }) => `${kind} ${id}` },
)

const tickedIn = (page: string): readonly string[] =>
  page.split('\n').flatMap((line) => /\[x\] (?<what>.*)$/.exec(line)?.groups?.['what'] ?? [])

describe('printMasterplan()', () => {
  test('ticks the tasks the student marked as done and no other line, whatever became of their execution', () => {
    fc.assert(
      fc.property(facts, marks, (tasks, made) => {
        const isDone = ({ slug, task_type }: Facts): boolean =>
          task_type === 'work' &&
          made.some(({ kind, id, state }) => kind === 'task' && id === slug && state === 'done')
        const ticked = tickedIn(printMasterplan(planOf(tasks), made))
        expect(ticked.map((line) => /Name of (?<slug>[a-z-]+)/.exec(line)?.groups?.['slug'])).toEqual(
          tasks.filter(isDone).map(({ slug }) => slug),
        )
      }),
    )
  })

  test('gives the own lines of a task below it, and those of its milestone once, below all its tasks', () => {
    const plan = planOf([
      { slug: 'outline', status: 'pending', task_type: 'work' },
      { slug: 'draft', status: 'pending', task_type: 'work' },
    ])
    const line = (number: number, name: string, of: keyof typeof ORIGIN_WORDS) => {
      return { number, name, description: ORIGIN_WORDS[of], status: 'pending', completed: false } as const
    }
    const subtasks = [
      line(1, 'The part is whole', 'done_definition'),
      line(2, 'A full draft', 'acceptance_criterion'),
      line(3, 'A list of sources', 'acceptance_criterion'),
    ]
    const [phase] = plan.phases
    const [milestone] = phase?.milestones ?? []
    if (phase === undefined || milestone === undefined) throw new TypeError('no milestone')
    const tasks = milestone.tasks.map((task) => ({ ...task, subtasks }))
    const page = printMasterplan(
      { ...plan, phases: [{ ...phase, milestones: [{ ...milestone, tasks }] }] },
      [],
    )
    expect(page.match(/- \[ \] The part is whole/g)).toHaveLength(2)
    expect(page).toContain(
      '  - [ ] The part is whole\n\nWhat the milestone is accepted by:\n\n- [ ] A full draft\n- [ ] A list of sources\n',
    )
    expect(page.match(/A full draft|A list of sources/g)).toHaveLength(2)
  })

  test('says in words what execution has left, and counts marks and scaffolds apart', () => {
    const mark: Mark = { kind: 'task', id: 'draft', state: 'doing', version: 1, updated_at: new Date(AT) }
    const page = printMasterplan(
      planOf([
        { slug: 'outline', status: 'completed', task_type: 'work' },
        { slug: 'draft', status: 'failed', task_type: 'work' },
        { slug: 'hand-in', status: 'pending', task_type: 'final_check' },
      ]),
      [mark],
    )
    expect(page).toContain('- [ ] **1. Name of outline** (scaffold written)')
    expect(page).toContain('- [ ] **2. Name of draft** (begun; its scaffold could not be written)')
    expect(page).toContain('- [ ] **3. Name of hand-in**\n')
    expect(page).toContain('0 of 2 tasks of the plan marked as done · 1 of 3 scaffolds written')
  })
})
