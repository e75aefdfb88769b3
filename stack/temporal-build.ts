import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { lastLines } from './log-file.ts'
import { type CliAnswer, type CliSearch, TEMPORAL_CLI_VERSION } from './temporal-cli-order.ts'
import { findOnPath } from './temporal-cli-probe.ts'

const MODULE = fileURLToPath(new URL('./temporal/', import.meta.url))
const TELL_EVERY_MS = 30_000

/** Builds the CLI with Go from its pinned module into `output`; a refusal carries Go's own words. */
export async function buildCli(output: string, search: CliSearch): Promise<CliAnswer> {
  const go = await findOnPath('go', search.env['PATH'] ?? '')
  if (go === undefined) return { refused: 'there is no Go on PATH' }
  search.say(
    `building the Temporal CLI ${TEMPORAL_CLI_VERSION} with Go; once, about four minutes on two cores, kept for every later run`,
  )
  const startedAt = Date.now()
  const minutes = (): string => ((Date.now() - startedAt) / 60_000).toFixed(1)
  const beat = setInterval(
    () => search.say(`still building the Temporal CLI (${minutes()} min)`),
    TELL_EVERY_MS,
  )
  try {
    const failed = await runGo(go, output, search)
    if (failed !== undefined) return { refused: `go build failed: ${failed}` }
    search.say(`built the Temporal CLI in ${minutes()} min`)
    return { program: output }
  } finally {
    clearInterval(beat)
  }
}

function runGo(go: string, output: string, { env, signal }: CliSearch): Promise<string | undefined> {
  const flags = ['-C', MODULE, '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', output]
  return new Promise((resolve) => {
    const child = spawn(go, ['build', ...flags, 'github.com/temporalio/cli/cmd/temporal'], {
      // An older Go fetches the one the module asks for; a workspace file further up is none of ours.
      env: { ...env, GOTOOLCHAIN: 'auto', GOWORK: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (thrown) => resolve(thrown.message))
    child.on('close', (code, signal) => {
      resolve(code === 0 ? undefined : `${signal ?? `code ${code}`}\n${lastLines(said)}`)
    })
  })
}
