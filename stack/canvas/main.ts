import { once } from 'node:events'
import { z } from 'zod'
import { startSandboxCanvas } from './start.ts'

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)

const environment = z.object({
  SANDBOX_CANVAS_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_CANVAS_PORT: port(4010),
  SANDBOX_CANVAS_FILES_PORT: port(4011),
  SANDBOX_CANVAS_NOW: z.iso.datetime().optional(),
})

const settings = environment.parse(process.env)
const signal = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => signal.abort())

const words = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
    ? 'a port of the sandbox Canvas is taken: set SANDBOX_CANVAS_PORT and SANDBOX_CANVAS_FILES_PORT to free ones'
    : String(thrown)

try {
  await using sandbox = await startSandboxCanvas({
    host: settings.SANDBOX_CANVAS_HOST,
    port: settings.SANDBOX_CANVAS_PORT,
    filesPort: settings.SANDBOX_CANVAS_FILES_PORT,
    ...(settings.SANDBOX_CANVAS_NOW === undefined ? {} : { now: new Date(settings.SANDBOX_CANVAS_NOW) }),
  })
  process.stdout.write(`sandbox Canvas ${sandbox.origin}, its files ${sandbox.filesOrigin}\n`)
  await once(signal.signal, 'abort')
} catch (thrown) {
  process.stderr.write(`${words(thrown)}\n`)
  process.exitCode = 1
}
