// Prints how each hostile file ends, in what time and memory: node activities/documents/hostile/measure.ts [file…]
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

import { parseDocument } from '../parse-document.ts'
import { createSandbox, type Sandbox } from '../sandbox.ts'
import { HOSTILE_CASES, hostileName } from './hostile.ts'

interface Row {
  readonly wallMs: number
  readonly peakResidentBytes: number
}

const MIB = 1024 * 1024
const rows: Row[] = []
const sandbox = await createSandbox()
const watched: Sandbox = {
  ...sandbox,
  run: async (...task) => {
    const run = await sandbox.run(...task)
    rows.push(run)
    return run
  },
}

async function measure(name: string, bytes: Uint8Array): Promise<void> {
  const started = performance.now()
  const before = rows.length
  const outcome = await parseDocument({ bytes, name }, watched)
  const resident = rows.slice(before).at(-1)?.peakResidentBytes ?? 0
  const end = outcome.ok
    ? `ok, ${outcome.document.text.length} characters`
    : `${outcome.code} (${outcome.detail})`
  const figures = [
    name,
    (performance.now() - started).toFixed(0),
    (resident / MIB).toFixed(0),
    end.slice(0, 110),
  ]
  process.stdout.write(`${figures.join('\t')}\n`)
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
}

process.stdout.write(`${JSON.stringify(sandbox.describeSandbox())}\nfile\tms\tMiB\tend\n`)
const files = process.argv.slice(2)
for (const file of files) await measure(basename(file), await readFile(file))
if (files.length === 0)
  for (const hostile of HOSTILE_CASES) await measure(hostileName(hostile), hostile.build())
const walls = rows.map(({ wallMs }) => wallMs)
const residents = rows.map(({ peakResidentBytes }) => peakResidentBytes / MIB)
process.stdout.write(
  `children ${rows.length}; ms p50 ${percentile(walls, 0.5)} p95 ${percentile(walls, 0.95)}; ` +
    `MiB p50 ${percentile(residents, 0.5)} p95 ${percentile(residents, 0.95)} max ${percentile(residents, 1)}\n`,
)
