import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv, promisify } from 'node:util'

const SCRIPT = fileURLToPath(new URL('../../deploy/make-secrets.mjs', import.meta.url))
const run = promisify(execFile)

export interface SecretsFile extends AsyncDisposable {
  readonly path: string
  /** Runs the script for this file; rejects with its output when it refuses. */
  write(): Promise<unknown>
  text(): Promise<string>
  read(): Promise<Readonly<Record<string, string | undefined>>>
}

/** A place for the file that an operator makes before the first start. */
export async function secretsFile(): Promise<SecretsFile> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-deploy-'))
  const path = join(folder, 'production.env')
  const text = () => readFile(path, 'utf8')
  return {
    path,
    write: () => run(process.execPath, [SCRIPT, path]),
    text,
    read: async () => parseEnv(await text()),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
