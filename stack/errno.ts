import { readFile } from 'node:fs/promises'

/** True when the operating system refused with one of these codes. */
export function hasErrno(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))
}

/** A file's text, or undefined when there is none; a process that ends while /proc is read counts as none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    if (hasErrno(thrown, 'ENOENT', 'ESRCH')) return undefined
    throw thrown
  }
}
