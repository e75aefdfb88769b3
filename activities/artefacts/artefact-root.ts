import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

import { isArtefactPath } from '../../contract/artefact-path.ts'

/** A path that would leave its folder; what makes paths has a mistake. */
export class UnsafePath extends Error {
  override readonly name = 'UnsafePath'
}

export interface Written {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** Where the artefacts of executions lie: one folder for each, files written whole or not at all. */
export interface ArtefactRoot {
  /** Makes a folder, with all above it, and tries whether it can be written to. */
  prepare(folder: string): Promise<void>
  /** Writes a file durably in place of whatever was there; throws UnsafePath. */
  write(folder: string, path: string, body: string): Promise<Written>
  /** The bytes of a file as they are on disk; throws UnsafePath. */
  read(folder: string, path: string): Promise<Buffer>
}

const DIRECTORY_MODE = 0o750
const FILE_MODE = 0o640
const BYTES_OF_NAME = 6

/** The hash by which a file is known. */
export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A rename is durable only once the folder that holds the name is (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeDurably(path: string, body: string): Promise<void> {
  const handle = await open(path, 'wx', FILE_MODE)
  try {
    await handle.writeFile(body)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens the root of all artefacts; nothing is made before it is needed. */
export function openArtefactRoot(root: string): ArtefactRoot {
  const place = (folder: string, path: string): string => {
    const full = resolve(root, folder, path)
    const inside = resolve(root, folder) + sep
    if (!isArtefactPath(folder) || !isArtefactPath(path) || !full.startsWith(inside))
      throw new UnsafePath('a path leads out of its folder')
    return full
  }
  const write = async (folder: string, path: string, body: string): Promise<Written> => {
    const target = place(folder, path)
    const parent = dirname(target)
    await mkdir(parent, { recursive: true, mode: DIRECTORY_MODE })
    const temporary = join(parent, `.${randomBytes(BYTES_OF_NAME).toString('hex')}.part`)
    try {
      await writeDurably(temporary, body)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(parent)
    return { path, sha256: sha256Of(body), bytes: Buffer.byteLength(body) }
  }
  return {
    prepare: async (folder) => {
      if (!isArtefactPath(folder)) throw new UnsafePath('a folder leads out of the root')
      const full = resolve(root, folder)
      await mkdir(full, { recursive: true, mode: DIRECTORY_MODE })
      const probe = join(full, `.${randomBytes(BYTES_OF_NAME).toString('hex')}.part`)
      await writeDurably(probe, '')
      await rm(probe)
      await syncFolder(full)
    },
    write,
    read: (folder, path) => readFile(place(folder, path)),
  }
}
