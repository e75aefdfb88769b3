import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a command of an operator ended, and what it said. */
export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of an operator to its end, however it ends. */
export function runCommand(
  entry: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Said> {
  const path = fileURLToPath(new URL(`../${entry}`, import.meta.url))
  const env = { ...process.env, ...environment }
  const { promise, resolve } = Promise.withResolvers<Said>()
  execFile(process.execPath, [path, ...args], { env }, (error, stdout, stderr) => {
    const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1
    resolve({ code, stdout, stderr })
  })
  return promise
}
