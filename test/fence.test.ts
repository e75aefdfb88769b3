import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

interface Probe {
  readonly room: string
  readonly line: string
}

const value = (room: string, from: string): Probe => ({
  room,
  line: `import * as probe from '${from}'\nexport const used = probe`,
})
const type = (room: string, from: string): Probe => ({
  room,
  line: `import type * as probe from '${from}'\nexport type Used = typeof probe`,
})
const reexport = (room: string, from: string): Probe => ({ room, line: `export * from '${from}'` })

const FORBIDDEN: readonly Probe[] = [
  ...[
    '../db/open.ts',
    '../config/env.ts',
    'node:fs',
    'node:fs/promises',
    'kysely',
    '@temporalio/common',
    'koa',
  ].map((from) => value('contract', from)),
  ...[
    '../activities/index.ts',
    '../api/route.ts',
    '../workflows/messages.ts',
    '@temporalio/client',
    'koa',
  ].map((from) => value('db', from)),
  ...['../db/open.ts', '../api/route.ts', '../activities/index.ts', 'kysely', 'pg', 'koa'].map((from) =>
    value('canvas', from),
  ),
  ...[
    '../workflows/messages.ts',
    '../api/route.ts',
    '../worker/start.ts',
    '@temporalio/workflow',
    '@temporalio/client',
    'koa',
  ].map((from) => value('activities', from)),
  ...[
    '../db/open.ts',
    '../config/env.ts',
    '../activities/index.ts',
    '../contract/plan.ts',
    '../contract/masterplan/derive-masterplan.ts',
    '../contract/masterplan/target-files.ts',
    'node:crypto',
    'zod',
    'pg',
    '@temporalio/client',
    '@temporalio/activity',
  ].map((from) => value('workflows', from)),
  ...[
    '../activities/index.ts',
    '../worker/start.ts',
    '../workflows/plan-assignment.ts',
    '../db/write/jobs.ts',
    '../db/migrate.ts',
    '@temporalio/worker',
    '@temporalio/activity',
  ].map((from) => value('api', from)),
  type('api', '../db/write/jobs.ts'),
  ...['../api/route.ts', '../db/write/jobs.ts', '../db/migrate.ts', '../activities/index.ts', 'kysely'].map(
    (from) => value('ops', from),
  ),
  ...[
    '../activities/index.ts',
    '../api/route.ts',
    '../worker/start.ts',
    '../workflows/plan-assignment.ts',
    '../db/write/jobs.ts',
    '@temporalio/worker',
    '@temporalio/workflow',
    'koa',
  ].map((from) => value('runs', from)),
  ...['contract', 'db', 'activities', 'workflows', 'ops'].map((room) => value(room, '../runs/connect.ts')),
  value('api', '../ops/usage.ts'),
  value('db', '../ops/usage.ts'),
  type('db', '../api/route.ts'),
  ...['../api/route.ts', '../workflows/plan-assignment.ts'].map((from) => value('worker', from)),
  ...[
    '../api/route.ts',
    '../worker/start.ts',
    '../activities/index.ts',
    '../db/read/artefacts.ts',
    '../canvas/client.ts',
  ].map((from) => value('stack', from)),
  ...['../api/route.ts', '../activities/index.ts', '../db/write/jobs.ts'].map((from) => value('bench', from)),
  ...[
    '../../api/route.ts',
    '../../db/open.ts',
    '../../canvas/client.ts',
    '../../worker/start.ts',
    '../../workflows/messages.ts',
  ].map((from) => value('bench/eval', from)),
  reexport('contract', '../db/open.ts'),
  reexport('workflows', '../contract/plan.ts'),
  reexport('api', '../db/write/jobs.ts'),
]

interface LintRules {
  readonly overrides: readonly {
    readonly files: readonly string[]
    readonly rules: { readonly 'no-restricted-imports'?: readonly [string, RestrictedImports] }
  }[]
}
interface RestrictedImports {
  readonly patterns: readonly { readonly group?: readonly string[] }[]
}

const LINT = JSON.parse(await readFile(`${ROOT}.oxlintrc.json`, 'utf8')) as LintRules
const OF_CONTRACT = '!**/contract/'

/** What lint lets workflows load of the contract while they run. */
const PLAIN_DATA = LINT.overrides
  .filter(({ files }) => files.includes('workflows/**'))
  .flatMap(({ rules }) => rules['no-restricted-imports']?.[1].patterns ?? [])
  .flatMap(({ group = [] }) => group.filter((glob) => glob.startsWith(OF_CONTRACT)))
  .flatMap((glob) => globSync(glob.slice(OF_CONTRACT.length), { cwd: `${ROOT}contract` }))
  .filter((file) => !file.endsWith('.test.ts'))

const ALLOWED: readonly Probe[] = [
  type('workflows', '../contract/run-errors.ts'),
  type('workflows', '../activities/index.ts'),
  ...PLAIN_DATA.map((file) => value('workflows', `../contract/${file}`)),
  value('api', '../workflows/messages.ts'),
  value('api', '../db/read/artefacts.ts'),
  value('api', '../db/intents/reopen.ts'),
  value('api', '../db/open.ts'),
  value('activities', '../db/write/stages.ts'),
  value('worker', '../activities/index.ts'),
  value('worker', '../runs/connect.ts'),
  value('api', '../runs/connect.ts'),
  value('runs', '../workflows/messages.ts'),
  value('runs', '../db/intents/close-run.ts'),
  value('ops', '../db/intents/scopes.ts'),
  value('ops', '../db/read/accounts.ts'),
  value('stack', '../db/migrate.ts'),
  value('bench/eval', '../../activities/index.ts'),
  value('bench/eval', '../../worker/choose-models.ts'),
]

// Type-only imports and exports leave nothing behind; everything else loads the file it names.
const RUNTIME_IMPORT = /^(?:import|export)(?! type\b)[^'"`;=]*?\bfrom '([^']+)'|^import '([^']+)'/gm

const DEPTHS = ['', 'nested/']
const fileOf = (room: string, index: number, depth: string) => `${room}/${depth}zz-fence-probe-${index}.ts`
// One folder deeper, the way out is one step longer.
const lineAt = (line: string, depth: string) => (depth === '' ? line : line.replaceAll("'../", "'../../"))

async function findingsOf(probes: readonly Probe[]): Promise<Map<string, string>> {
  const files = probes.flatMap(({ room, line }, index) =>
    DEPTHS.map((depth) => ({ path: fileOf(room, index, depth), text: `${lineAt(line, depth)}\n` })),
  )
  for (const { path, text } of files) {
    await mkdir(`${ROOT}${path}`.replace(/\/[^/]+$/, ''), { recursive: true })
    await writeFile(ROOT + path, text)
  }
  try {
    const lint = `${ROOT}node_modules/.bin/oxlint`
    const paths = files.map(({ path }) => path)
    const { stdout } = await run(lint, ['--format=json', ...paths], { cwd: ROOT, maxBuffer: 1 << 26 }).catch(
      (error: unknown) => error as { stdout: string },
    )
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
    const restricted = diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
    return new Map(restricted.map(({ filename }) => [filename.replace(ROOT, ''), filename]))
  } finally {
    await Promise.all(files.map(({ path }) => rm(ROOT + path, { force: true })))
  }
}

afterAll(async () => {
  for (const room of new Set([...FORBIDDEN, ...ALLOWED].map((probe) => probe.room))) {
    await rm(`${ROOT}${room}/nested`, { recursive: true, force: true })
  }
})

describe('the import fence', () => {
  test('every forbidden import is found, at the top of a room and one folder below', async () => {
    const found = await findingsOf(FORBIDDEN)
    const missed = FORBIDDEN.flatMap((probe, index) =>
      DEPTHS.filter((depth) => !found.has(fileOf(probe.room, index, depth))).map(
        (depth) => `${probe.room}/${depth}: ${probe.line}`,
      ),
    )
    expect(missed).toEqual([])
  })

  test('what a room may import is let through', async () => {
    expect([...(await findingsOf(ALLOWED)).keys()]).toEqual([])
  })

  test('what workflows may load of the contract is plain data: it leads to no package at run time', async () => {
    expect(PLAIN_DATA).toContain('machines.ts')
    const loaded = new Set(PLAIN_DATA)
    // A set goes on over what is added to it meanwhile: so this walks to whatever is loaded indirectly.
    for (const file of loaded) {
      const text = await readFile(`${ROOT}contract/${file}`, 'utf8')
      for (const [, from = ''] of text.matchAll(RUNTIME_IMPORT)) {
        expect(from, `${file} imports ${from}`).toMatch(/^\.{1,2}\/[a-z/-]+\.ts$/)
        loaded.add(posix.join(dirname(file), from))
      }
    }
  })
})
