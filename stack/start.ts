// `npm start`: the whole of Waymark in the foreground, its data in WAYMARK_HOME, or .waymark/, across starts.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Stack, runStack } from './run-stack.ts'
import { StackFailure } from './stack-failure.ts'

const FOLDER = resolve(process.env['WAYMARK_HOME'] || fileURLToPath(new URL('../.waymark', import.meta.url)))

const say = (line: string): void => void process.stdout.write(`waymark: ${line}\n`)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

function announce(stack: Stack): void {
  say('ready')
  say(`  API           ${stack.apiUrl}`)
  say(`  API docs      ${stack.apiUrl}/docs`)
  if (stack.temporalUiUrl === null) say(`  Temporal      ${stack.temporalAddress} (yours)`)
  else say(`  Temporal UI   ${stack.temporalUiUrl}`)
  say(`  data, logs    ${FOLDER}`)
  say('Ctrl-C stops everything')
}

async function untilAsked(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

try {
  await using stack = await runStack({ folder: FOLDER, env: process.env, say, signal: stop.signal })
  announce(stack)
  try {
    await Promise.race([untilAsked(stop.signal), stack.died])
  } finally {
    if (!stop.signal.aborted)
      say(`nothing that was accepted is lost: npm start goes on with it from ${FOLDER}`)
    say('stopping')
  }
} catch (thrown) {
  if (!stop.signal.aborted) {
    process.exitCode = 1
    const isOurs = thrown instanceof StackFailure
    process.stderr.write(
      `waymark: ${isOurs ? thrown.message : thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
    )
  }
}
if (stop.signal.aborted) say('everything has ended')
