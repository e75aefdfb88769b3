import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'

import { isArtefactPath } from '../contract/artefact-path.ts'

const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ABSENT.has(error.code)

/** Makes what reads artefacts below a root; undefined where there is no such file, or where a path would leave its folder. */
export function openArtefacts(root: string) {
  return async (folder: string, path: string): Promise<Uint8Array | undefined> => {
    const inside = resolve(root, folder) + sep
    const full = resolve(root, folder, path)
    if (!isArtefactPath(folder) || !isArtefactPath(path) || !full.startsWith(inside)) return undefined
    try {
      return await readFile(full)
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
  }
}
