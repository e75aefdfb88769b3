import type { MASTERPLAN_ROUTES } from '../../../contract/masterplan-routes.ts'
import type { Handlers } from '../../route.ts'
import { createChange, createExecute, createReject } from './change-masterplan.ts'
import { createCreateMasterplan } from './create-masterplan.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import { createGetFile, createListFiles } from './masterplan-files.ts'
import { createExport, createGet, createGetStatus, createList, createStream } from './read-masterplan.ts'
import { createRetryTask } from './retry-task.ts'

/** The handlers of everything below /masterplans. */
export function createMasterplanHandlers(deps: MasterplanDeps): Handlers<keyof typeof MASTERPLAN_ROUTES> {
  return {
    listMasterplans: createList(deps),
    createMasterplan: createCreateMasterplan(deps),
    getMasterplan: createGet(deps),
    getMasterplanStatus: createGetStatus(deps),
    exportMasterplan: createExport(deps),
    streamMasterplanEvents: createStream(deps),
    listMasterplanFiles: createListFiles(deps),
    getMasterplanFile: createGetFile(deps),
    approveMasterplan: createChange(deps, 'approve'),
    rejectMasterplan: createReject(deps),
    executeMasterplan: createExecute(deps),
    pauseMasterplan: createChange(deps, 'pause'),
    resumeMasterplan: createChange(deps, 'resume'),
    cancelMasterplan: createChange(deps, 'cancel'),
    retryMasterplan: createChange(deps, 'retry'),
    retryMasterplanTask: createRetryTask(deps),
  }
}
