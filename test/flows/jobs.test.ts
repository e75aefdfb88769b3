import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { WorkNote } from '../../contract/job-result.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { acceptedJob, endedJob, heldBy, treeOf } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let operator: Student

beforeAll(async () => {
  rig = await startRig()
  operator = await rig.operator(SCOPES)
})

afterAll(() => rig[Symbol.asyncDispose]())

const THREE = 'Prepare the reading group\n- Choose two papers\n- Book a room by Friday\n- Invite everyone'

describe('a submitted job from its acceptance to its end', () => {
  test('S32 end to end: submit, allocate, RUNNING, COMPLETED, release, usage zero after', async () => {
    const id = await acceptedJob(operator, 'Write the agenda. Send it to all five members.')
    const job = await endedJob(operator, id)
    expect(job).toMatchObject({ status: 'COMPLETED', progress: 100, error: null, depth: 0 })
    expect(job.state_history.map(({ to_state }) => to_state)).toEqual([
      'COMPLETED',
      'RUNNING',
      'PENDING',
      'SUBMITTED',
    ])
    const rows = await rig.db.read
      .selectFrom('allocations')
      .select(['depth', 'worker_count', 'released_at'])
      .where('job_id', '=', id)
      .execute()
    expect(rows).toEqual([{ depth: 0, worker_count: 1, released_at: expect.any(Date) }])
    expect(await heldBy(operator)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('a leaf keeps a note on how to go about it, and which rules made it', async () => {
    const id = await acceptedJob(operator, 'Collect some sources on cholera')
    const { result } = await endedJob(operator, id)
    const { provenance, ...note } = result ?? {}
    expect(provenance).toEqual({ provider: 'offline', model: 'rules-1', prompt_version: 'rules-work-1' })
    const { checklist, questions } = WorkNote.parse(note)
    expect(checklist.join('\n')).toContain('“Collect some sources on cholera”')
    expect(questions).toContain('What does “some” come to in “Collect some sources on cholera”?')
  })

  test('S25 a three-bullet job gets three children at depth 1', async () => {
    const id = await acceptedJob(operator, THREE)
    const job = await endedJob(operator, id)
    expect(job).toMatchObject({ status: 'COMPLETED', result: { completed_jobs: 3 } })
    expect(
      job.child_jobs.map(({ depth, status, task_description }) => [depth, status, task_description]),
    ).toEqual([
      [1, 'COMPLETED', 'Choose two papers'],
      [1, 'COMPLETED', 'Book a room by Friday'],
      [1, 'COMPLETED', 'Invite everyone'],
    ])
    expect(await heldBy(operator)).toEqual([0, 0, 0, 0, 0, 0])
    const [papers, room, invite] = job.child_jobs
    expect(await rig.command('ops/main.ts', 'tree', id)).toBe(
      [
        `${id}  COMPLETED  Prepare the reading group`,
        `${papers?.id}  COMPLETED  ├─ Choose two papers`,
        `${room?.id}  COMPLETED  ├─ Book a room by Friday`,
        `${invite?.id}  COMPLETED  └─ Invite everyone`,
        '',
      ].join('\n'),
    )
  })

  test('S25 max_depth 2 leaves no deeper node', async () => {
    const nested = '- a\n  - b\n    - c\n      - d'
    const shallow = await acceptedJob(operator, nested, { metadata: { max_depth: 2, colour: 'blue' } })
    await endedJob(operator, shallow)
    const tree = await treeOf(operator, shallow)
    expect(tree.map(({ depth, status }) => [depth, status])).toEqual([
      [0, 'COMPLETED'],
      [1, 'COMPLETED'],
      [2, 'COMPLETED'],
    ])
    expect(tree.map(({ metadata }) => metadata['colour'])).toEqual(['blue', 'blue', 'blue'])
  })
})

test('S28 counters of submitted and completed jobs are right after a run', async () => {
  const fresh = await rig.operator(SCOPES)
  const total = async (query: string): Promise<number> =>
    (await fresh.call('GET', `/jobs${query}`)).body.total
  await endedJob(fresh, await acceptedJob(fresh, THREE))
  await endedJob(fresh, await acceptedJob(fresh, 'One more'))
  expect(await total('')).toBe(5)
  expect(await total('?status=COMPLETED')).toBe(5)
  expect(await total('?kind=submitted&depth=1')).toBe(3)
  expect(await total('?status=FAILED')).toBe(0)
  const { body: me } = await fresh.call('GET', '/auth/me')
  const moves = await rig.db.read
    .selectFrom('transitions')
    .select((row) => ['to_state', row.fn.countAll<number>().as('count')])
    .where('machine', '=', 'job')
    .where('tenant_id', '=', me.workspace_id)
    .groupBy('to_state')
    .orderBy('to_state')
    .execute()
  expect(moves).toEqual(
    ['COMPLETED', 'PENDING', 'RUNNING', 'SUBMITTED'].map((to_state) => ({ to_state, count: 5 })),
  )
})
