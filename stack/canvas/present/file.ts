import { readFileSync } from 'node:fs'
import type { FileSeed, FileVersion } from '../seed.ts'
import { isoUtc } from '../term.ts'

const FILES = new URL('../files/', import.meta.url)

/** The bytes of a version of a file. */
export function readFileVersion(version: FileVersion): Uint8Array {
  return readFileSync(new URL(version.source, FILES))
}

/** The File object of Canvas for one version of a file. */
export function presentFile(file: FileSeed, version: FileVersion, origin: string): Record<string, unknown> {
  const locked = file.locked === true
  return {
    id: version.id,
    folder_id: 6001n,
    display_name: file.displayName,
    filename: encodeURIComponent(file.displayName).replaceAll('%20', '+'),
    upload_status: 'success',
    'content-type': file.contentType,
    url: locked ? '' : `${origin}/files/${version.id}/download?download_frd=1`,
    size: readFileVersion(version).byteLength,
    created_at: isoUtc(file.updatedAt),
    updated_at: isoUtc(version.updatedAt),
    modified_at: isoUtc(version.updatedAt),
    unlock_at: null,
    lock_at: null,
    locked,
    hidden: false,
    hidden_for_user: false,
    locked_for_user: locked,
    ...(locked ? { lock_info: { asset_string: `attachment_${version.id}` } } : {}),
    ...(locked ? { lock_explanation: 'This file is currently unpublished.' } : {}),
    thumbnail_url: null,
    mime_class: mimeClass(file.contentType),
    media_entry_id: null,
    category: 'uncategorized',
    visibility_level: 'inherit',
  }
}

function mimeClass(type: string): string {
  if (type === 'application/pdf') return 'pdf'
  return type.includes('wordprocessingml') ? 'doc' : 'file'
}
