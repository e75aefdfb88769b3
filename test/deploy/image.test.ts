import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const Manifest = z.object({ dependencies: z.record(z.string(), z.string()) })
const { dependencies } = Manifest.parse(JSON.parse(textOf('package.json')))

const ignore = textOf('.dockerignore').split('\n')
const rooms = ignore.flatMap((line) => (/^!\w+$/.test(line) ? [line.slice(1)] : []))
const left = ignore.flatMap((line) => (/^[^#!*].*\/.*\w$/.test(line) ? [line] : []))

// `import … from '…'`, `export … from '…'`, `import '…'`; and `import('…')`.
const IMPORT = /(?:^(?:import|export)\s+(?:([\w*{}\s,$]+?)\s+from\s+)?|\bimport\()'([^']+)'/gm

interface Import {
  readonly file: string
  readonly from: string
}

/** What the code of the image loads at run time; types are gone by then. */
async function readImports(): Promise<readonly Import[]> {
  const found: Import[] = []
  for await (const file of glob(`{${rooms.join(',')}}/**/*.ts`, { cwd: ROOT })) {
    if (
      file.endsWith('.test.ts') ||
      file.endsWith('.d.ts') ||
      left.some((path) => file.startsWith(`${path}/`))
    )
      continue
    const code = await readFile(join(ROOT, file), 'utf8')
    for (const [, what = '', from = ''] of code.matchAll(IMPORT)) {
      if (!what.startsWith('type ')) found.push({ file, from })
    }
  }
  return found
}

describe('the image', () => {
  test('holds every file that its processes import', async () => {
    const imports = (await readImports()).filter(({ from }) => from.startsWith('.'))
    expect(imports.length).toBeGreaterThan(100)
    const missing = imports.filter(({ file, from }) => {
      const path = relative(ROOT, resolve(ROOT, file, '..', from))
      const inRoom = rooms.includes(path.split('/')[0] ?? '')
      return !inRoom || left.some((folder) => path.startsWith(`${folder}/`)) || !existsSync(join(ROOT, path))
    })
    expect(missing).toEqual([])
  })

  test('needs no package that is there for development only', async () => {
    const packages = (await readImports()).filter(({ from }) => !from.startsWith('.'))
    const missing = packages.filter(({ from }) => {
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/')
      return !from.startsWith('node:') && !builtinModules.includes(from) && dependencies[name] === undefined
    })
    expect(missing).toEqual([])
  })

  test('runs the Node that everything is tested with', () => {
    expect(textOf('Dockerfile')).toContain(`ARG NODE_IMAGE=node:${dependencies['node']}-bookworm-slim\n`)
  })

  test('is no image of the root user', () => {
    const users = [...textOf('Dockerfile').matchAll(/^USER (.*)$/gm)].map(([, user]) => user)
    expect(users.at(-1)).toBe('1000:1000')
  })
})

describe('worker/build-bundle.ts', () => {
  test('writes one script that holds every workflow', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-bundle-'))
    try {
      const file = join(folder, 'dist', 'workflows.js')
      await run(process.execPath, ['worker/build-bundle.ts', file], { cwd: ROOT })
      const code = await readFile(file, 'utf8')
      const names = [...textOf('workflows/index.ts').matchAll(/export \{([^}]*)\}/g)].flatMap(
        ([, list = '']) => list.split(',').map((name) => name.trim()),
      )
      expect(names.length).toBeGreaterThan(0)
      for (const name of names) expect(code).toContain(name)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('says how it is called when it is called without a file', async () => {
    const called = run(process.execPath, ['worker/build-bundle.ts'], { cwd: ROOT })
    await expect(called).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('<file>') })
  })
})
