import { fileURLToPath } from 'node:url'

import type { WorkerOptions } from '@temporalio/worker'

/** Where the worker takes its workflows from: a bundle made at build time, or the sources, bundled at start. */
export function workflowSource(
  bundlePath: string | undefined,
): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  if (bundlePath !== undefined) return { workflowBundle: { codePath: bundlePath } }
  return { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) }
}
