import { randomUUID } from 'node:crypto'

import { Client, Connection } from '@temporalio/client'
import { z } from 'zod'

import { handoffWorkflowId } from '../../contract/ids.ts'
import { BenchFailure } from '../ground/bench-failure.ts'
import type { Ground } from '../ground/start-ground.ts'
import type { Student } from '../ground/student.ts'

const Started = z.object({ workflow_id: z.string() })
const REQUIREMENTS = {
  title: 'Rivers of the north',
  description: 'Argue in 1,500 words how one river shaped a city.',
  criteria: ['A thesis that can be argued against', 'Six sources, two of them primary'],
}
const DISCOVERED = { requirements: ['Argue how a river shaped a city'], ambiguities: [], risks: [] }

async function post({ origin, headers }: Student, path: string, body: object): Promise<unknown> {
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
  const answer = await fetch(origin + path, { ...sent, body: JSON.stringify(body) })
  if (!answer.ok) throw new BenchFailure(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Starts a build and answers its id. */
export async function startBuild(student: Student, autorun: boolean): Promise<string> {
  const body = { build_id: randomUUID(), requirements: REQUIREMENTS, autorun }
  return Started.parse(await post(student, '/workflows/bench/start', body)).workflow_id
}

/** Completes the discovery of a build by hand. */
export async function advanceBuild(student: Student, workflow_id: string): Promise<void> {
  const report = { role: 'q_assistant', completed_state: 'discovery', phase_result: DISCOVERED }
  await post(student, `/workflows/${workflow_id}/advance`, report)
}

/** Waits for the run of a build and answers how many events its history has. */
export async function finishBuild({ temporal }: Ground, workflow_id: string): Promise<number> {
  const connection = await Connection.connect({ address: temporal.address })
  try {
    const client = new Client({ connection, namespace: temporal.namespace })
    const handle = client.workflow.getHandle(handoffWorkflowId(workflow_id))
    await handle.result()
    const { events } = await handle.fetchHistory()
    return events?.length ?? 0
  } finally {
    await connection.close()
  }
}
