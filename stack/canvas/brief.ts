import { readFileSync } from 'node:fs'

/**
 * Reads a brief that stands beside the module asking for it and fills `{{name}}` from `values`.
 * A placeholder without a value is a mistake in the course, so it stops the start.
 */
export function brief(base: string, name: string, values: Readonly<Record<string, string>>): string {
  const source = readFileSync(new URL(name, base), 'utf8')
  return source.replaceAll(/\{\{(\w+)\}\}/g, (_whole, key: string) => {
    const value = values[key]
    if (value === undefined) throw new MissingPlaceholder(name, key)
    return value
  })
}

/** A brief that names a value nobody gave. */
class MissingPlaceholder extends Error {
  override readonly name = 'MissingPlaceholder'

  constructor(file: string, key: string) {
    super(`${file} names {{${key}}}, and no value was given for it`)
  }
}

/** A link to a file as the Canvas editor writes it, data attributes included. */
export function fileLink(origin: string, courseId: bigint, fileId: bigint, label: string): string {
  const path = `courses/${courseId}/files/${fileId}`
  return (
    `<a id="${fileId}" class="instructure_file_link instructure_scribd_file" title="${label}" ` +
    `href="${origin}/${path}?wrap=1" target="_blank" data-canvas-previewable="true" ` +
    `data-api-endpoint="${origin}/api/v1/${path}" data-api-returntype="File">${label}</a>`
  )
}
