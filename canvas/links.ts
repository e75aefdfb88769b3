import { load } from 'cheerio'

const ID = String.raw`\d+(?:~\d+)?`
const IN_COURSE = `(?:/courses/(?<course>${ID}))`
const FILE_PATH = new RegExp(
  `^${IN_COURSE}?(?:/(?:groups|users)/${ID})?/files/(?<id>${ID})(?:/(?:download|preview))?/?$`,
)
const FILE_LIST_PATH = new RegExp(`^${IN_COURSE}?/files/?$`)
const PAGE_PATH = new RegExp(`^${IN_COURSE}/(?:pages|wiki)/(?<id>[^/]+)/?$`)
const TOPIC_PATH = new RegExp(`^${IN_COURSE}/discussion_topics/(?<id>${ID})/?$`)

/** A thing of the same Canvas that a description links to. */
export interface CanvasLink {
  readonly kind: 'file' | 'page' | 'discussion'
  readonly course_id: string | null
  /** The file's or topic's id, or the page's slug. */
  readonly id: string
  /** The words of the link, null when it has none. */
  readonly label: string | null
}

/**
 * Finds the files, pages and discussions of this Canvas that a description links to or embeds, each once, in order.
 * Images are left out: they decorate, and no text is read from them.
 */
export function findLinks(html: string, origin: string): CanvasLink[] {
  const $ = load(html, null, false)
  const found = new Map<string, CanvasLink>()
  for (const element of $('a, iframe, embed, object')) {
    const node = $(element)
    // Canvas' own annotation is exact where it is present, but it is not everywhere.
    const addresses = ['data-api-endpoint', 'href', 'src', 'data'].map((name) => node.attr(name))
    const target = addresses
      .map((address) => targetOf(address, origin))
      .find((candidate) => candidate !== null)
    if (target === undefined) continue
    const label = (node.text() || node.attr('title') || '').replace(/\s+/g, ' ').trim()
    const key = `${target.kind} ${target.id}`
    if (!found.has(key)) found.set(key, { ...target, label: label === '' ? null : label })
  }
  return [...found.values()]
}

type Target = Omit<CanvasLink, 'label'>

function targetOf(address: string | undefined, origin: string): Target | null {
  const url = address === undefined ? null : URL.parse(address, origin)
  if (url === null || url.origin !== origin) return null
  const path = url.pathname.replace(/^\/api\/v1(?=\/)/, '')
  return (
    targetIn(path, FILE_PATH, 'file') ??
    previewTarget(path, url) ??
    targetIn(path, PAGE_PATH, 'page') ??
    targetIn(path, TOPIC_PATH, 'discussion')
  )
}

function targetIn(path: string, pattern: RegExp, kind: Target['kind']): Target | null {
  const groups = pattern.exec(path)?.groups
  const id = groups?.['id']
  return id === undefined ? null : { kind, course_id: groups?.['course'] ?? null, id }
}

/** The list of files with one opened over it: `/courses/1/files?preview=2`. */
function previewTarget(path: string, url: URL): Target | null {
  const groups = FILE_LIST_PATH.exec(path)
  const id = url.searchParams.get('preview')
  if (groups === null || id === null || !new RegExp(`^${ID}$`).test(id)) return null
  return { kind: 'file', course_id: groups.groups?.['course'] ?? null, id }
}
