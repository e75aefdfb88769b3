import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { Masterplan, MasterplanFiles } from '../../contract/masterplans.ts'
import { readTasks } from '../rig/execution.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const ESSAY = '2101/5101'

let rig: Rig
let student: Student
let id: string
let events: readonly StreamEvent[]
/** Its folder as it was before it was executed, and as the execution was answered. */
let paths: { readonly before: string | null; readonly answered: string }

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student()
  id = await student.draft(ESSAY)
})

afterAll(() => rig[Symbol.asyncDispose]())

const read = async (): Promise<Masterplan> => Masterplan.parse((await student.plan('GET', id)).body)

describe('a plan from its draft to its artefacts', () => {
  test('M18 a finished plan comes with one draft masterplan, shown on the assignment', async () => {
    const { masterplan_id, masterplan_status } = await student.snapshot(ESSAY)
    expect([masterplan_id, masterplan_status]).toEqual([id, 'draft'])
    const plan = await read()
    expect(plan).toMatchObject({ status: 'draft', workspace_path: null, started_at: null, version: 1 })
    expect(plan.phases.map(({ phase_type }) => phase_type)).toEqual(['setup', 'core', 'polish'])
  })

  test('until the plan is ready its stream tells of the planning run alone, and its progress never falls', async () => {
    const told = await student.finished(ESSAY)
    const { job_id } = await student.snapshot(ESSAY)
    expect(told.map((event) => event.job_id)).toEqual(told.map(() => job_id))
    const progress = told.map((event) => event.progress)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
    expect(told.at(-2)).toMatchObject({
      event_type: 'masterplan_status',
      status: 'running',
      progress: 100,
      payload: { masterplan_id: id, status: 'draft' },
    })
  })

  test('M23 target_files differ between tasks and never fall back to a default name', async () => {
    const tasks = await readTasks(student, id)
    const files = tasks.flatMap(({ target_files }) => target_files)
    expect(tasks.map(({ target_files }) => target_files.length)).toEqual(tasks.map(() => 1))
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length)
    const names = files.map((file) => file.slice(file.lastIndexOf('/') + 1))
    for (const name of names)
      expect(name).not.toMatch(/^(?:main|index|output|untitled|default|file|task)\d*\.\w+$/i)
    for (const { slug, target_files } of tasks) expect(target_files[0]).toContain(slug.slice(0, 8))
  })

  test('M1 approving a draft answers 200 approved and persists', async () => {
    const { status, body, headers } = await student.plan('POST', id, '/approve')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'approved', approved_by: student.user_id })
    expect(headers.get('etag')).toMatch(/^"2\.[0-9a-f]{12}"$/)
    expect(await read()).toMatchObject({ status: 'approved' })
    expect((await student.snapshot(ESSAY)).masterplan_status).toBe('approved')
  })

  test('M11 executing an approved one answers 200 in_progress with its folder', async () => {
    const { total_tasks, workspace_path } = await read()
    const { status, body } = await student.plan('POST', id, '/execute')
    paths = { before: workspace_path, answered: body.workspace_path }
    expect(status).toBe(200)
    expect(body).toMatchObject({ masterplan_id: id, status: 'in_progress', total_tasks })
    expect(body.workspace_path).toMatch(/^masterplan_[a-z0-9-]+_[0-9a-f]{8}$/)
  })

  test('M25 workspace_path is null before execute and stored after', async () => {
    expect(paths.before).toBeNull()
    expect((await read()).workspace_path).toBe(paths.answered)
  })

  test('M24 every task comes to completed, and the plan with them', { timeout: 180_000 }, async () => {
    events = await student.executed(id)
    const plan = await read()
    expect(plan).toMatchObject({ status: 'completed', progress_percent: 100, failed_tasks: 0 })
    expect(plan.completed_tasks).toBe(plan.total_tasks)
  })

  test('M26 the events are those of the contract, without a gap', () => {
    for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.slice(0, 3).map(({ event_type }) => event_type)).toEqual([
      'masterplan_status',
      'masterplan_status',
      'masterplan_execution_start',
    ])
  })

  test('each task has left a file that can be read over HTTP as it lies on disk', async () => {
    const plan = await read()
    const listed = MasterplanFiles.parse((await student.plan('GET', id, '/files')).body)
    const tasks = plan.phases.flatMap(({ milestones }) => milestones.flatMap((milestone) => milestone.tasks))
    expect(listed.files.map(({ path }) => path).toSorted()).toEqual(
      tasks.flatMap(({ target_files }) => target_files).toSorted(),
    )
    for (const { path, content_type } of listed.files) {
      const url = `${rig.origin}/masterplans/${id}/files/${path}`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${student.token}` } })
      expect(answer.headers.get('content-type')).toBe(content_type)
      const onDisk = await readFile(join(rig.folder, 'artefacts', plan.workspace_path ?? '', path), 'utf8')
      expect(await answer.text()).toBe(onDisk)
    }
  })
})
