import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { StackFailure } from './stack-failure.ts'

/** Where a stack leaves the address of the PostgreSQL it started, below its own folder. */
export const LEFT_AT = ['run', 'database-url'] as const

/**
 * The PostgreSQL that the settings name, undefined where the stack is to start its own. A file that a stack has left for
 * commands of an operator names none: the server behind it is started here. Throws StackFailure.
 */
export function readDatabaseUrl(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  if (env['DATABASE_URL']) return env['DATABASE_URL']
  const path = env['DATABASE_URL_FILE']
  if (!path || `${sep}${path}`.endsWith(`${sep}${LEFT_AT.join(sep)}`)) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new StackFailure(`DATABASE_URL_FILE: ${path} cannot be read`, { cause })
  }
}
