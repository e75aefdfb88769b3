import { readFile } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const ESSAY = '2101/5101'

let rig: Rig
let student: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student()
  await student.start(ESSAY)
  await student.finished(ESSAY)
})

afterAll(() => rig[Symbol.asyncDispose]())

const handout = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../stack/canvas/files/${name}`, import.meta.url)))

describe('a file', () => {
  test.each([
    ['Word', 'franck-hertz.docx', 'docx'],
    ['PDF', 'stream-survey.pdf', 'pdf'],
  ])('of %s is read like any document, and its bytes are not kept', async (_, name, kind) => {
    const { status, body } = await student.sendFile(ESSAY, { name, bytes: await handout(name) })
    expect(status).toBe(202)
    expect((await student.feedback(ESSAY, body.job_id)).status).toBe('completed')
    const row = await rig.db.read
      .selectFrom('submissions')
      .selectAll()
      .where('job_id', '=', body.job_id)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ file: null, file_kind: kind, name })
    expect(row.text?.length).toBeGreaterThan(500)
  })

  test('that cannot be read fails the job and says what to do', async () => {
    const name = 'incident-report-protected.pdf'
    const { body } = await student.sendFile(ESSAY, { name, bytes: await handout(name) })
    const job = await student.feedback(ESSAY, body.job_id)
    expect(job).toMatchObject({
      status: 'failed',
      result: null,
      error: { code: 'ENCRYPTED', retryable: false },
    })
    expect(job.error?.message).toMatch(/incident-report-protected\.pdf.*password.*Save a copy/)
    expect((await student.snapshot(ESSAY)).status).toBe('ready')
  })

  test('that is empty, or JSON, or too large is refused at once', async () => {
    const empty = await student.sendFile(ESSAY, { name: 'a.txt', bytes: new Uint8Array() })
    expect([empty.status, empty.body.code]).toEqual([422, 'VALIDATION_FAILED'])
    const json = await student.sendFile(ESSAY, {
      name: 'a.json',
      bytes: new TextEncoder().encode('{}'),
      type: 'application/json',
    })
    expect([json.status, json.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    const large = await student.sendFile(ESSAY, {
      name: 'a.txt',
      bytes: new Uint8Array(10 * 1024 * 1024 + 1),
    })
    expect([large.status, large.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })
})
