import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { hasErrno } from './errno.ts'
import { reasonOf } from './stack-failure.ts'
import type { CliAnswer } from './temporal-cli-order.ts'

const run = promisify(execFile)
const PROBE_TIMEOUT_MS = 20_000
// The newest option that the dev server is started with.
const NEEDED_OPTION = '--ui-disable-news-fetch'

/** Tries whether a program is a Temporal CLI that can run our dev server. */
export async function probeCli(program: string): Promise<CliAnswer> {
  try {
    const { stdout } = await run(program, ['server', 'start-dev', '--help'], { timeout: PROBE_TIMEOUT_MS })
    if (stdout.includes(NEEDED_OPTION)) return { program }
    return { refused: `${program} is too old: its dev server does not know ${NEEDED_OPTION}` }
  } catch (thrown) {
    return { refused: hasErrno(thrown, 'ENOENT') ? `there is no ${program}` : reasonOf(thrown).trimEnd() }
  }
}

/** Tries the program `temporal` on PATH. */
export async function probePath(path: string): Promise<CliAnswer> {
  const program = await findOnPath('temporal', path)
  return program === undefined ? { refused: 'not there' } : probeCli(program)
}

/** The first executable of this name on a PATH, or undefined. */
export async function findOnPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const program = join(folder, name)
    try {
      await access(program, constants.X_OK)
      return program
    } catch (thrown) {
      if (!hasErrno(thrown, 'ENOENT', 'EACCES', 'ENOTDIR')) throw thrown
    }
  }
  return undefined
}

/** The version of the server inside a CLI, which names its database file: a file of another version does not open. */
export async function serverVersion(program: string): Promise<string> {
  const { stdout } = await run(program, ['--version'], { timeout: PROBE_TIMEOUT_MS })
  return /Server (\d[\w.-]*)/.exec(stdout)?.[1] ?? 'unknown'
}
