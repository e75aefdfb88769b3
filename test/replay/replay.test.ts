import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { bundleWorkflowCode, Worker } from '@temporalio/worker'
import { describe, expect, test } from 'vitest'

const HISTORIES = new URL('./histories/', import.meta.url)
const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))

describe('recorded histories', async () => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'))

  test('there is one for every way a run can go', () => {
    expect(names.toSorted()).toEqual([
      'canceled.json',
      'feedback-canceled.json',
      'feedback-failed.json',
      'feedback-finished.json',
      'finished.json',
      'handoff-by-hand.json',
      'handoff-by-roles.json',
      'handoff-canceled.json',
      'handoff-looked-after.json',
      'handoff-overruled.json',
      'handoff-paused.json',
      'job-canceled.json',
      'job-retried-and-failed.json',
      'job-set-aside.json',
      'job-split-timed-out.json',
      'job-split.json',
      'job-step-timed-out.json',
      'job-step.json',
      'masterplan-canceled-in-temporal.json',
      'masterplan-cancelled.json',
      'masterplan-executed.json',
      'masterplan-failed.json',
      'masterplan-paused-and-resumed.json',
      'masterplan-rejected.json',
      'masterplan-task-retried.json',
      'masterplan-waiting.json',
      'masterplan-with-builds-cancelled.json',
      'masterplan-with-builds.json',
      'parked-and-retried.json',
      'parked.json',
      'round.json',
    ])
  })

  test('today’s workflow code replays each of them without a difference', async () => {
    const bundle = await bundleWorkflowCode({
      workflowsPath,
      logger: {
        ...console,
        log: () => undefined,
        trace: () => undefined,
        debug: () => undefined,
        info: () => undefined,
      },
    })
    const recorded = names.map(async (name) => ({
      workflowId: name,
      history: JSON.parse(await readFile(new URL(name, HISTORIES), 'utf8')),
    }))
    const results = Worker.runReplayHistories({ workflowBundle: bundle }, await Promise.all(recorded))
    const replayed: string[] = []
    const broken: string[] = []
    for await (const { workflowId, error } of results) {
      if (error !== undefined) broken.push(`${workflowId}: ${error.message}`)
      replayed.push(workflowId)
    }
    expect(broken).toEqual([])
    expect(replayed.toSorted()).toEqual(names.toSorted())
  })

  test('none holds a word of an assignment, a key or an address of a person', async () => {
    for (const name of names) {
      const text = await readFile(new URL(name, HISTORIES), 'utf8')
      expect(text).not.toMatch(/sandbox~|Bearer|@example|essay|kvlog|mortality/i)
    }
  })
})
