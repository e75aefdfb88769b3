import { artefactContentType } from '../../../contract/artefact-path.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import { listFiles } from '../../../db/read/masterplan-tasks.ts'
import type { Handler } from '../../route.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import { requireMasterplan } from './masterplan-problems.ts'

/** Lists what the tasks of a masterplan have left so far. */
export function createListFiles(deps: MasterplanDeps): Handler<'listMasterplanFiles'> {
  return async ({ params, user }) => {
    const { masterplan_id, workspace_path } = await requireMasterplan(deps, user, params)
    const files = (await listFiles(deps.db.read, masterplan_id)).map((file) => ({
      path: file.path,
      task_id: file.task_id,
      sha256: file.sha256,
      bytes: file.bytes,
      content_type: artefactContentType(file.path),
      written_at: file.written_at.toISOString(),
    }))
    return { status: 200, body: { masterplan_id, workspace_path, files, total: files.length } }
  }
}

function noFile(masterplan_id: string, path: string): ApiProblem {
  return new ApiProblem(
    'NOT_FOUND',
    `This masterplan has no file ${path}. GET /masterplans/${masterplan_id}/files lists what its tasks have left.`,
  )
}

/** Gives one file, as its task wrote it. Only what a task has written down is looked for on disk. */
export function createGetFile(deps: MasterplanDeps): Handler<'getMasterplanFile'> {
  return async ({ params, user }) => {
    const { masterplan_id, workspace_path } = await requireMasterplan(deps, user, params)
    const known = (await listFiles(deps.db.read, masterplan_id)).find(({ path }) => path === params.path)
    if (known === undefined || workspace_path === null) throw noFile(masterplan_id, params.path)
    const body = await deps.readArtefact(workspace_path, known.path)
    if (body === undefined) {
      throw new ApiProblem(
        'NOT_FOUND',
        `The file ${known.path} is no longer where its task left it. Retry the task, or tell the operator.`,
      )
    }
    const name = known.path.slice(known.path.lastIndexOf('/') + 1)
    const headers = {
      'Content-Type': artefactContentType(known.path),
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
    }
    return { status: 200, body, headers, etag: known.sha256 }
  }
}
