import { courseOf, fileOf, type Call } from '../call.ts'
import { list } from '../list.ts'
import { presentFile } from '../present/file.ts'
import { unauthorized } from '../protocol/refusals.ts'
import { json, redirect } from '../protocol/reply.ts'
import type { Route } from '../router.ts'
import type { FileSeed, FileVersion } from '../seed.ts'

const SHOW = 'url:GET|/api/v1/files/:id'
const SHOW_IN_COURSE = 'url:GET|/api/v1/courses/:course_id/files/:id'

export const fileRoutes: readonly Route[] = [
  { pattern: '/api/v1/files/:fileId', scope: SHOW, answer: showFile },
  {
    pattern: '/api/v1/files/:fileId/public_url',
    scope: 'url:GET|/api/v1/files/:id/public_url',
    answer: showPublicUrl,
  },
  { pattern: '/api/v1/courses/:courseId/files/:fileId', scope: SHOW_IN_COURSE, answer: showFile },
  {
    pattern: '/api/v1/courses/:courseId/files',
    scope: 'url:GET|/api/v1/courses/:course_id/files',
    tab: 'files',
    answer: listFiles,
  },
]

/** Downloads live outside the API and still want the bearer token. */
export const downloadRoutes: readonly Route[] = [
  { pattern: '/files/:fileId/download', scope: SHOW, answer: download },
  { pattern: '/courses/:courseId/files/:fileId/download', scope: SHOW_IN_COURSE, answer: download },
]

function showFile(call: Call) {
  const { file } = fileOf(call)
  return json(presentFile(file, currentVersion(call, file), call.origin))
}

function listFiles(call: Call) {
  const files = courseOf(call).assignments.flatMap((assignment) => assignment.files ?? [])
  const types = call.query.getAll('content_types[]')
  const wanted = files.filter(
    (file) => types.length === 0 || types.some((type) => file.contentType.startsWith(type)),
  )
  return list(
    call,
    wanted.map((file) => presentFile(file, file, call.origin)),
  )
}

function showPublicUrl(call: Call) {
  const { file } = fileOf(call)
  if (file.locked === true) return unauthorized(403)
  return json({ public_url: call.signFile(currentVersion(call, file).id) })
}

function download(call: Call) {
  const { file } = fileOf(call)
  if (file.locked === true) return unauthorized(403)
  const inward = call.faults.take('private-redirect', call.seen)
  if (inward !== null) return redirect(inward.location)
  if (call.faults.take('redirect-loop', call.seen) !== null)
    return redirect(`${call.origin}${call.seen.path}`)
  return redirect(call.signFile(currentVersion(call, file).id))
}

/** The file as it lies there now: an instructor may have put another in its place. */
function currentVersion(call: Call, file: FileSeed): FileVersion {
  if (file.replacement === undefined) return file
  const asked = call.params['fileId']
  if (asked === String(file.replacement.id)) return file.replacement
  return call.faults.take('replace-attachment', call.seen) === null ? file : file.replacement
}
