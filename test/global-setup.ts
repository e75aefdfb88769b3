// One PostgreSQL and one Temporal for the whole test run, unless the environment names others, and one bundle of all workflows.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import type { TestProject } from 'vitest/node'
import { startPostgres } from '../stack/postgres.ts'
import { namesTemporal, useOwnTemporal } from '../stack/temporal-settings.ts'
import { startTemporal } from '../stack/temporal.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's URL of a database of no interest: tests make their own beside it. */
    postgresUrl: string
    temporalAddress: string
    temporalNamespace: string
    /** A file that workers load in place of bundling the workflows at each start. */
    workflowBundle: string
  }
}

const say = (line: string): void => void process.stderr.write(`test servers: ${line}\n`)

async function postgres(parts: AsyncDisposableStack): Promise<string> {
  const { TEST_DATABASE_URL } = process.env
  if (TEST_DATABASE_URL) return TEST_DATABASE_URL
  return parts.use(await startPostgres({ durable: false, say })).url
}

async function temporal(parts: AsyncDisposableStack): Promise<{ address: string; namespace: string }> {
  if (namesTemporal(process.env)) return useOwnTemporal(process.env, say)
  return parts.use(await startTemporal({ namespace: 'default', ui: false, env: process.env, say }))
}

async function bundle(parts: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-workflows-'))
  parts.defer(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'workflows.js')
  const build = fileURLToPath(new URL('../worker/build-bundle.ts', import.meta.url))
  await promisify(execFile)(process.execPath, [build, file])
  return file
}

/** Starts both and hands their addresses to the tests; the answer ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using parts = new AsyncDisposableStack()
  const postgresUrl = await postgres(parts)
  const { address, namespace } = await temporal(parts)
  const workflowBundle = await bundle(parts)
  project.provide('workflowBundle', workflowBundle)
  project.provide('postgresUrl', postgresUrl)
  project.provide('temporalAddress', address)
  project.provide('temporalNamespace', namespace)
  const started = parts.move()
  return () => started.disposeAsync()
}
