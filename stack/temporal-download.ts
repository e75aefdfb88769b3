import { spawn } from 'node:child_process'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLines } from './log-file.ts'
import type { CliAnswer, CliSearch } from './temporal-cli-order.ts'

const DOWNLOADER = fileURLToPath(new URL('./temporal-downloader.ts', import.meta.url))
const WATCH_EVERY_MS = 1_000
const STALLED_AFTER_MS = 15_000

/** Lets the Temporal SDK download its CLI into `folder`; gives up as soon as nothing more arrives. */
export async function downloadCli(folder: string, search: CliSearch): Promise<CliAnswer> {
  search.say('downloading the Temporal CLI; once, about half a minute')
  await rm(folder, { recursive: true, force: true })
  const failed = await runDownloader(folder, search)
  const [file] = failed === undefined ? await readdir(folder) : []
  if (file === undefined) {
    await rm(folder, { recursive: true, force: true })
    return { refused: failed ?? 'it brought no file' }
  }
  return { program: join(folder, file) }
}

// A process of its own, because the SDK's download knows neither a time limit nor a way to be ended.
function runDownloader(folder: string, { env, signal }: CliSearch): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [DOWNLOADER, folder], {
      env,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    let stalled = false
    const watch = watchGrowth(folder, () => {
      stalled = true
      child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (thrown) => (said += thrown.message))
    child.on('close', (code) => {
      clearInterval(watch)
      if (code === 0) resolve(undefined)
      else resolve(stalled ? `nothing arrived for ${STALLED_AFTER_MS / 1_000} s` : lastLines(said))
    })
  })
}

function watchGrowth(folder: string, onStall: () => void): NodeJS.Timeout {
  let size = 0
  let grewAt = Date.now()
  const look = async (): Promise<void> => {
    const now = await sizeOf(folder)
    if (now !== size) grewAt = Date.now()
    size = now
    if (Date.now() - grewAt > STALLED_AFTER_MS) onStall()
  }
  return setInterval(() => void look(), WATCH_EVERY_MS)
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)))
  return sizes.reduce((sum, file) => sum + (file?.size ?? 0), 0)
}
