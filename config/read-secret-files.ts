import { readFileSync } from 'node:fs'

import { ConfigError } from './config-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Gives each named setting that is absent, and whose `<NAME>_FILE` names a file, the content of that file without the
 * line break at its end: how container platforms hand out secrets. Throws ConfigError when both are set or the file
 * cannot be read.
 */
export function readSecretFiles(environment: Environment, names: readonly string[]): Environment {
  const read = names.flatMap((name) => {
    const path = environment[`${name}_FILE`]
    return path === undefined || path === '' ? [] : [[name, contentOf(environment, name, path)]]
  })
  return { ...environment, ...Object.fromEntries(read) }
}

function contentOf(environment: Environment, name: string, path: string): string {
  // Which of the two was meant cannot be known, and the wrong key is worse than none.
  if (environment[name]) throw new ConfigError(`${name} and ${name}_FILE are both set: take one away.`)
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new ConfigError(`${name}_FILE: ${path} cannot be read.`, { cause })
  }
}
