import { json, type Reply } from './reply.ts'

const DEFAULT_PER_PAGE = 10
const FOREIGN_ORIGIN = 'https://canvas.lookalike.example'

export interface PageRequest {
  /** Absolute address of the list, without a query. */
  readonly address: string
  readonly query: URLSearchParams
  readonly maxPerPage: number
  /** Bookmark lists name pages by an opaque cursor and never tell the last one. */
  readonly style: 'numbered' | 'bookmarked'
  readonly quirks: {
    readonly foreignNext: boolean
    readonly noLast: boolean
    readonly duplicateRows: boolean
  }
}

/** One page of rows with the Link header of Canvas (RFC 8288): absolute addresses, the query kept. */
export function paginate(rows: readonly unknown[], request: PageRequest): Reply {
  const perPage = clamp(Number(request.query.get('per_page') ?? DEFAULT_PER_PAGE), request.maxPerPage)
  const page = readPage(request.query.get('page'))
  const lastPage = Math.max(1, Math.ceil(rows.length / perPage))
  const repeated = request.quirks.duplicateRows && page > 1 ? 1 : 0
  const shown = rows.slice((page - 1) * perPage - repeated, page * perPage)
  return json(shown, 200, { link: linkHeader(request, page, lastPage, perPage) })
}

function linkHeader(request: PageRequest, page: number, lastPage: number, perPage: number): string {
  const { style, quirks, address } = request
  const to = (rel: string, target: number, origin?: string) => {
    const url = new URL(origin === undefined ? address : new URL(address).pathname, origin)
    url.search = new URLSearchParams([
      ...[...request.query].filter(([name]) => name !== 'page' && name !== 'per_page'),
      ['page', pageName(style, target)],
      ['per_page', String(perPage)],
    ]).toString()
    return `<${url.href}>; rel="${rel}"`
  }
  const links = [to('current', page)]
  if (page < lastPage) links.push(to('next', page + 1, quirks.foreignNext ? FOREIGN_ORIGIN : undefined))
  if (page > 1 && style === 'numbered') links.push(to('prev', page - 1))
  links.push(to('first', 1))
  if (style === 'numbered' && !quirks.noLast) links.push(to('last', lastPage))
  return links.join(',')
}

function pageName(style: PageRequest['style'], page: number): string {
  if (style === 'numbered') return String(page)
  return page === 1
    ? 'first'
    : `bookmark:${Buffer.from(JSON.stringify(['after', page])).toString('base64url')}`
}

function readPage(name: string | null): number {
  const cursor = /^bookmark:(.+)$/.exec(name ?? '')?.[1]
  const number = cursor === undefined ? Number(name ?? 1) : readBookmark(cursor)
  return Number.isInteger(number) && number >= 1 ? number : 1
}

function readBookmark(cursor: string): number {
  return Number(/^\["after",(\d+)\]$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1] ?? 1)
}

function clamp(asked: number, ceiling: number): number {
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, ceiling) : DEFAULT_PER_PAGE
}
