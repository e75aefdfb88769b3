import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const ROTATE_AT_BYTES = 8 * 1024 * 1024
const TAIL_LINES = 12

/** Opens a log to append to, and keeps one older file beside it once it has grown; the answer is a descriptor. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > ROTATE_AT_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

/** What a log gained since it was `from` bytes long. */
export function readLogFrom(path: string, from: number): string {
  return readFileSync(path).subarray(from).toString('utf8')
}

/** The last lines of a text, which are the ones that tell why a process ended, without colours. */
export function lastLines(text: string): string {
  return stripVTControlCharacters(text).trimEnd().split('\n').slice(-TAIL_LINES).join('\n')
}
