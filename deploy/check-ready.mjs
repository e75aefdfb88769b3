// `node deploy/check-ready.mjs <url>`: ends with 0 when the server there is ready; for container health checks.
const TIMEOUT_MS = 4_000

try {
  const { ok, status } = await fetch(process.argv[2] ?? '', { signal: AbortSignal.timeout(TIMEOUT_MS) })
  process.stdout.write(`${status}\n`)
  process.exitCode = ok ? 0 : 1
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  process.stdout.write(`${String(error)}${cause}\n`)
  process.exitCode = 1
}
