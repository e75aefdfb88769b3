// Where a file of an execution may lie: the same rule for whoever writes and whoever reads.

const LONGEST_PATH = 500
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const LONGEST_SEGMENT = 200

/** Whether a path stays inside its folder and is the same everywhere: relative, `/` between plain names, no dot names. */
export function isArtefactPath(path: string): boolean {
  if (path.length === 0 || path.length > LONGEST_PATH) return false
  return path
    .split('/')
    .every((segment) => segment.length <= LONGEST_SEGMENT && SEGMENT.test(segment) && !segment.endsWith('.'))
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** What a file is served as; whatever could run in a browser is plain text. */
export function artefactContentType(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return CONTENT_TYPES[extension] ?? 'text/plain; charset=utf-8'
}
