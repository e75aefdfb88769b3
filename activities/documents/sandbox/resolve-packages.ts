import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { z } from 'zod'

const Manifest = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})

export interface ResolvedPackages {
  /** Every folder the named packages may load code from. */
  readonly folders: readonly string[]
  readonly versions: ReadonlyMap<string, string>
}

/** Finds the folders of packages and of all they depend on; what is not installed (optional) is passed over. */
export function resolvePackages(names: readonly string[], from: string): ResolvedPackages {
  const folders = new Set<string>()
  const versions = new Map<string, string>()
  const queue = names.map((name) => ({ name, from }))
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const folder = findFolder(next.name, next.from)
    if (folder === null || folders.has(folder)) continue
    folders.add(folder)
    const file = join(folder, 'package.json')
    const manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (manifest.version !== undefined) versions.set(next.name, manifest.version)
    for (const name of Object.keys(manifest.dependencies ?? {})) queue.push({ name, from: file })
  }
  return { folders: [...folders].sort(), versions }
}

/** The folder Node would load a package from: its node_modules look-up, without the package's `exports`. */
function findFolder(name: string, from: string): string | null {
  for (const modules of createRequire(from).resolve.paths(name) ?? []) {
    const folder = join(modules, name)
    try {
      readFileSync(join(folder, 'package.json'))
      return folder
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return null
}
