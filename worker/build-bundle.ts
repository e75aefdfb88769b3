// `node worker/build-bundle.ts <file>`: writes the bundle that WORKFLOW_BUNDLE names, so that no worker bundles at start.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { bundleWorkflowCode } from '@temporalio/worker'

const WORKFLOWS = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

async function main(file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stderr.write('node worker/build-bundle.ts <file>  write the bundle of all workflows to a file\n')
    process.exitCode = 2
    return
  }
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS })
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, code)
  process.stdout.write(`${file}: ${Math.ceil(Buffer.byteLength(code) / 1024)} KiB\n`)
}

await main(process.argv[2])
