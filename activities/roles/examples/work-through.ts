import { createHash } from 'node:crypto'

import type { LlmPort } from '../../llm/port.ts'
import { createOfflineProvider } from '../../llm/offline/provider.ts'
import type { RoleInput } from '../role-input.ts'
import { workPhase, type AskRole, type WorkedPhase } from '../work-phase.ts'
import { judgeRelease, workRelease, type ReadBack } from '../work-release.ts'

export const AT = '2026-11-02T09:00:00.000Z'

/** Asks a port as a run would, without a ledger. */
export function askOf(port: LlmPort): AskRole {
  return (step, input) => port.run(step, input, { signal: new AbortController().signal })
}

const PHASES_WORKED: readonly WorkedPhase[] = [
  'discovery',
  'planning',
  'implementation',
  'testing',
  'verification',
]

/** Works the phases of a build one after the other, and answers the input as the last of them left it. */
export async function workThrough(
  given: RoleInput,
  ask: AskRole = askOf(createOfflineProvider()),
  phases: readonly WorkedPhase[] = PHASES_WORKED,
): Promise<RoleInput> {
  let input = given
  for (const phase of phases) {
    const { result, files } = await workPhase(phase, input, ask)
    input = {
      ...input,
      results: { ...input.results, [phase]: result },
      files: files.length > 0 ? files : input.files,
    }
  }
  return input
}

/** Releases a build onto a disk that keeps what it is given. */
export async function releaseThrough(input: RoleInput, ask: AskRole = askOf(createOfflineProvider())) {
  const release = await workRelease(input, ask)
  if (release.kind === 'held') return release
  const readBack = release.files.map(({ path, body }): ReadBack => ({
    path,
    bytes: Buffer.byteLength(body),
    sha256: createHash('sha256').update(body).digest('hex'),
  }))
  return { kind: 'released' as const, result: judgeRelease(release, readBack, AT) }
}
