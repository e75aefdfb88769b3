// Run as a process with the folder to download to: the SDK gives its CLI away only by starting it once.
import { mkdir } from 'node:fs/promises'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { StackFailure, reasonOf } from './stack-failure.ts'
import { TEMPORAL_CLI_VERSION } from './temporal-cli-order.ts'

const [, , downloadDir] = process.argv
try {
  if (downloadDir === undefined) throw new StackFailure('no folder to download to')
  await mkdir(downloadDir, { recursive: true })
  const executable = { type: 'cached-download', version: `v${TEMPORAL_CLI_VERSION}`, downloadDir } as const
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
  await environment.teardown()
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`)
  process.exitCode = 1
}
