import { createHash } from 'node:crypto'

import type { ArtefactFolder } from '../../db/write/masterplan/change-plan.ts'
import type { ActivityDeps } from '../deps.ts'

const HEX_IN_NAME = 8
const LONGEST_SLUG = 60

/** An id that is always the same for the same masterplan, so that a repeated try makes no second folder (RFC 9562, version 8). */
function idOf(masterplan_id: string): string {
  const hex = createHash('sha256').update(`artefacts:${masterplan_id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

interface Named {
  readonly masterplan_id: string
  readonly slug: string
}

/** Which folder an execution has: its id, and its name inside the artefact root. */
export function nameFolder({ masterplan_id, slug }: Named): Omit<ArtefactFolder, 'fault'> {
  const artifact_id = idOf(masterplan_id)
  const name = slug.slice(0, LONGEST_SLUG).replace(/-+$/, '')
  return { artifact_id, workspace_path: `masterplan_${name}_${artifact_id.slice(0, HEX_IN_NAME)}` }
}

/** The folder of an execution, made and tried; `fault` says why it cannot be used. */
export async function prepareFolder(
  { artefacts, logger }: Pick<ActivityDeps, 'artefacts' | 'logger'>,
  named: Named,
): Promise<ArtefactFolder> {
  const folder = nameFolder(named)
  try {
    await artefacts.prepare(folder.workspace_path)
    return { ...folder, fault: null }
  } catch (error) {
    logger.error(
      { err: error, masterplan_id: named.masterplan_id },
      'the folder of an execution cannot be used',
    )
    const fault =
      'The folder for the artefacts cannot be written to. Tell the operator; once it is mended, retry the masterplan.'
    return { ...folder, fault }
  }
}
