import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
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
  if (!path || isOfStack(resolve(path))) return undefined
  try {
    const url = readFileSync(path, 'utf8').trim()
    if (url === '') throw new StackFailure('it is empty')
    return url
  } catch (cause) {
    throw new StackFailure(`DATABASE_URL_FILE: ${path} cannot be read`, { cause })
  }
}

// A stack keeps its PostgreSQL beside what it leaves, and before its first start there is neither.
function isOfStack(path: string): boolean {
  const folder = dirname(dirname(path))
  return path === join(folder, ...LEFT_AT) && (existsSync(join(folder, 'postgres')) || !existsSync(path))
}
