import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { SCOPES } from '../../contract/scopes.ts'
import { WorkerDetail } from '../../contract/workers.ts'
import { Build } from '../rig/build.ts'
import { planIn, PlanSteps } from '../rig/plan-states.ts'
import { eventsToEnd, isOfTask, readPlan } from '../rig/execution.ts'
import { sketchPlan, type SketchedPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { readWorker, workerOf } from '../rig/workers.ts'
import { runCommand, type Said } from '../run-command.ts'

let rig: Rig
let operator: Student
beforeAll(async () => {
  rig = await startRig()
})
beforeEach(async () => {
  operator = await rig.operator(SCOPES)
})
afterAll(() => rig[Symbol.asyncDispose]())

const ops = (args: readonly string[], token = operator.token): Promise<Said> =>
  runCommand('ops/main.ts', args, {
    DATABASE_URL: rig.databaseUrl,
    WAYMARK_API: rig.origin,
    WAYMARK_TOKEN: token,
  })

const Parts = z.array(z.strictObject({ part: z.string(), state: z.string(), retry: z.string() }))
const foresee = async (job_id: string) =>
  Parts.parse(JSON.parse((await ops(['retry', job_id, '--dry-run', '--json'])).stdout))

async function jobOf({ masterplan_id }: SketchedPlan): Promise<string> {
  const { job_id } = await rig.db.read
    .selectFrom('masterplans')
    .select('job_id')
    .where('masterplan_id', '=', masterplan_id)
    .executeTakeFirstOrThrow()
  return job_id
}

/** A masterplan at work, its job and its worker. */
async function atWork() {
  const plan = await planIn('in_progress', rig, operator)
  const job_id = await jobOf(plan)
  return { plan, job_id, worker_id: await workerOf(operator, job_id) }
}

describe('npm run ops, pausing and ending what is at work', () => {
  test('pauses a run by its job and resumes it by its worker, told as a table', async () => {
    const { plan, job_id, worker_id } = await atWork()
    const paused = await ops(['pause', job_id, '--reason', 'Canvas is slow today'])
    expect([paused.code, paused.stderr]).toEqual([0, ''])
    const [head, row, end] = paused.stdout.split('\n')
    expect([head, end]).toEqual([expect.stringMatching(/^worker id +job id +kind +stage +status$/), ''])
    expect(row?.split(/ {2,}/)).toEqual([worker_id, job_id, 'masterplan', '–', 'PAUSED'])
    expect((await readPlan(operator, plan.masterplan_id)).status).toBe('paused')
    const { state_history } = await readWorker(operator, worker_id)
    expect(state_history[0]).toMatchObject({ reason: 'Canvas is slow today', actor: { type: 'operator' } })

    const resumed = await ops(['resume', worker_id])
    expect([resumed.code, resumed.stderr]).toEqual([0, ''])
    expect(resumed.stdout).toContain(`${worker_id}  ${job_id}  masterplan`)
    await eventsToEnd(operator, plan.masterplan_id)
    expect(await readPlan(operator, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      completed_tasks: 1,
    })
  })

  test('pauses a build by its job and resumes it by its worker', async () => {
    const build = await Build.start(operator)
    await build.to('planning')
    const { job_id } = await rig.db.read
      .selectFrom('handoffs')
      .select('job_id')
      .where('workflow_id', '=', build.id)
      .executeTakeFirstOrThrow()
    const worker_id = await workerOf(operator, job_id)
    const paused = await ops(['pause', job_id, '--reason', 'The brief may change'])
    expect([paused.code, paused.stderr]).toEqual([0, ''])
    expect(paused.stdout.split('\n')[1]?.split(/ {2,}/)).toEqual([
      worker_id,
      job_id,
      'workflow',
      '–',
      'PAUSED',
    ])
    expect((await build.advance('planning')).status).toBe(409)
    const told = (await ops(['run', job_id])).stdout
    expect(told).toContain(`${job_id}  workflow, RUNNING, paused: "resume" has it go on\n`)
    expect(told).toMatch(/worker +RUNNING → PAUSED +operator \S+ +The brief may change\n/)
    expect((await ops(['resume', worker_id])).code).toBe(0)
    expect((await build.advance('planning')).status).toBe(200)
  })

  test('ends a run for a reason, told as the API tells it', async () => {
    const { plan, job_id, worker_id } = await atWork()
    const ended = await ops(['terminate', job_id, '--reason', 'Wrong course', '--json'])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const worker = WorkerDetail.parse(JSON.parse(ended.stdout))
    expect(worker).toMatchObject({ id: worker_id, status: 'TERMINATED', current_job_id: null })
    expect(worker.state_history[0]).toMatchObject({ to_state: 'TERMINATED', reason: 'Wrong course' })
    expect((await readPlan(operator, plan.masterplan_id)).status).toBe('cancelled')
    const again = await ops(['terminate', worker_id, '--reason', 'Wrong course'])
    expect([again.code, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toBe('The worker is TERMINATED. It was ended before, and nothing follows.\n')
  })

  test.each([
    [['pause'], 2, 'Name the run by the id of its job or of its worker.'],
    [['pause', 'Canvas'], 1, 'There is no job Canvas.'],
    [['resume', 'j_0123456789ab'], 1, 'There is no job j_0123456789ab.'],
    [['resume', 'w_0123456789ab'], 1, 'You see no worker w_0123456789ab. GET /supervisor/workers lists'],
    [['terminate', 'w_0123456789ab'], 2, 'Say why with --reason'],
    [['terminate', 'w_0123456789ab', '--reason', ''], 1, 'reason'],
  ])('refuses %j with what to do', async (args, code, words) => {
    const said = await ops(args)
    expect([said.code, said.stdout]).toEqual([code, ''])
    expect(said.stderr).toContain(words)
    expect(said.stderr).not.toMatch(/\n\s+at /)
  })

  test('cannot do more than its token may: another tenant’s run is not there, and a scope is named', async () => {
    const { plan, job_id, worker_id } = await atWork()
    const stranger = await rig.operator(SCOPES)
    const unseen = await ops(['pause', job_id], stranger.token)
    expect([unseen.code, unseen.stderr]).toEqual([
      1,
      expect.stringContaining(`You see no worker ${worker_id}`),
    ])
    const reader = await rig.operator(['supervisor:read'])
    const barred = await ops(['pause', worker_id], reader.token)
    expect([barred.code, barred.stderr]).toEqual([1, expect.stringContaining('supervisor:write')])
    expect((await readPlan(operator, plan.masterplan_id)).status).toBe('in_progress')
  })
})

describe('npm run ops, of a masterplan that failed', () => {
  /** Four tasks: one completed, one failed and one blocked by it, and one whose failure ended the whole. */
  async function failed(): Promise<SketchedPlan> {
    const plan = await sketchPlan(rig, operator, [[], [], [2], []])
    const steps = new PlanSteps(rig, operator, plan)
    await steps.wish('approve')
    await steps.wish('execute')
    for (const number of [1, 2, 4]) await steps.begin(number)
    await steps.pass(1)
    await steps.fail(2, 'MODEL_REFUSED')
    await steps.fail(4, 'BUDGET_EXCEEDED')
    return plan
  }

  test('a dry run tells failed tasks, what they block and what is reused, and a retry does just that', async () => {
    const plan = await failed()
    const job_id = await jobOf(plan)
    const parked = await ops(['parked', '--code', 'BUDGET_EXCEEDED'])
    expect(parked.stdout).toContain(job_id)
    expect(await foresee(job_id)).toEqual([
      { part: 'task-1', state: 'completed', retry: 'reused' },
      { part: 'task-2', state: 'failed', retry: 'runs again' },
      { part: 'task-3', state: 'blocked', retry: 'reopened' },
      { part: 'task-4', state: 'failed', retry: 'runs again' },
    ])
    expect((await ops(['retry', job_id, '--dry-run'])).stdout).toMatch(
      /^part +state +retry\ntask-1 +completed/,
    )
    expect((await readPlan(operator, plan.masterplan_id)).status).toBe('failed')

    const { last_seq } = await rig.db.read
      .selectFrom('event_streams')
      .select('last_seq')
      .where('stream_id', '=', plan.masterplan_id)
      .executeTakeFirstOrThrow()
    const taken = await ops(['retry', job_id])
    expect([taken.code, taken.stderr]).toEqual([0, ''])
    expect(taken.stdout).toMatch(/^It goes on as j_[0-9a-f]{12}, RUNNING\.\n$/)
    const events = await eventsToEnd(operator, plan.masterplan_id, last_seq)
    const told = events.filter(({ seq }) => seq > last_seq).filter(isOfTask)
    const again = new Set(told.map(({ payload }) => plan.task_ids.indexOf(payload.task_id) + 1))
    expect(again).toEqual(new Set([2, 3, 4]))
    expect(await readPlan(operator, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      completed_tasks: 4,
    })
    expect((await ops(['parked'])).stdout).not.toContain(job_id)
  })

  test('one whose assignment is planned anew waits for nobody: it is not listed, and nothing would run', async () => {
    const plan = await failed()
    const job_id = await jobOf(plan)
    await rig.db.write
      .updateTable('assignment_workspaces')
      .set((row) => ({ generation: row('generation', '+', 1), status: 'running' }))
      .where('workspace_id', '=', plan.workspace_id)
      .execute()
    expect((await ops(['parked'])).stdout).not.toContain(job_id)
    const foreseen = await ops(['retry', job_id, '--dry-run'])
    expect([foreseen.code, foreseen.stderr]).toEqual([
      1,
      expect.stringContaining('No run waits for a person'),
    ])
    const refused = await ops(['retry', job_id])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('No run waits for a person')])
  })
})

describe('npm run ops -- --help', () => {
  test('names every command, and the exit codes', async () => {
    const { code, stdout } = await ops(['--help'])
    expect(code).toBe(0)
    const commands = [...stdout.matchAll(/^npm run ops -- (\w+)/gm)].map(([, name]) => name)
    expect(new Set(commands)).toEqual(
      new Set([
        'grant',
        'revoke',
        'scopes',
        'quota',
        'parked',
        'failures',
        'tree',
        'run',
        'retry',
        'pause',
        'resume',
        'terminate',
        'abandon',
        'cancel',
      ]),
    )
    expect(stdout).toContain('Exit codes: 0 done; 1 refused, absent or out of reach; 2 not understood.')
  })
})
