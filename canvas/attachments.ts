import type { CanvasAttachment } from '../contract/canvas-context.ts'
import { RunFailure } from '../contract/run-errors.ts'
import type { CanvasClient } from './client.ts'
import type { CanvasLink } from './links.ts'
import type { CanvasFile } from './schemas.ts'
import { sideCall } from './side-call.ts'

const MAX_ATTACHMENTS = 20

/** Describes every linked file by what Canvas says of it; a file that cannot be described stays listed, with a warning. */
export async function describeAttachments(
  client: Pick<CanvasClient, 'origin' | 'file'>,
  courseId: string,
  links: readonly CanvasLink[],
): Promise<{ attachments: CanvasAttachment[]; warnings: string[] }> {
  const files = links.filter(({ kind }) => kind === 'file')
  const described = await Promise.all(
    files.slice(0, MAX_ATTACHMENTS).map((link) => describeAttachment(client, courseId, link)),
  )
  const warnings = described.map(({ warning }) => warning).filter((warning) => warning !== null)
  if (files.length > MAX_ATTACHMENTS) {
    warnings.push(
      `The assignment links to ${files.length} files; only the first ${MAX_ATTACHMENTS} are read.`,
    )
  }
  return { attachments: described.map(({ attachment }) => attachment), warnings }
}

async function describeAttachment(
  client: Pick<CanvasClient, 'origin' | 'file'>,
  courseId: string,
  link: CanvasLink,
): Promise<{ attachment: CanvasAttachment; warning: string | null }> {
  const course_id = link.course_id ?? courseId
  const found = await sideCall(client.file(course_id, link.id))
  const known = { file_id: link.id, course_id, name: link.label ?? `File ${link.id}` }
  if (found instanceof RunFailure) {
    const isGone = found.code === 'CANVAS_NOT_FOUND' || found.code === 'CANVAS_FORBIDDEN'
    const url_kind = isGone ? 'none' : 'unknown'
    return {
      attachment: { ...known, content_type: null, size: null, url_kind },
      warning: sayMissing(known.name, found),
    }
  }
  const attachment: CanvasAttachment = {
    ...known,
    name: found.display_name ?? found.filename ?? known.name,
    content_type: found['content-type'],
    size: found.size === null || found.size < 0 ? null : Math.trunc(found.size),
    url_kind: urlKind(found, client.origin),
  }
  return { attachment, warning: attachment.url_kind === 'none' ? sayLocked(attachment.name) : null }
}

function urlKind({ url, locked_for_user }: CanvasFile, origin: string): CanvasAttachment['url_kind'] {
  const address = url === null || url === '' ? null : URL.parse(url, origin)
  if (address === null || locked_for_user === true) return 'none'
  return address.origin === origin ? 'canvas' : 'storage'
}

const sayLocked = (name: string): string =>
  `The file “${name}” is locked for you, so the plan is made without it. Ask your instructor to unlock it.`

function sayMissing(name: string, { code }: RunFailure): string {
  switch (code) {
    case 'CANVAS_NOT_FOUND':
      return `The file “${name}” is unpublished or gone, so the plan is made without it. Ask your instructor for it.`
    case 'CANVAS_FORBIDDEN':
      return sayLocked(name)
    default:
      return `Canvas did not say what the file “${name}” is; it is tried again when the files are read.`
  }
}
