import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Courses of the stub; any assignment id is there. */
export const COURSES = {
  /** One paragraph as HTML, as Canvas sends it: one child process reads it. */
  html: '1',
  /** The same paragraph as a file of plain text, which needs no child process. */
  text: '2',
  /** Its assignments are not there, so that a run parks right after its first stage began. */
  missing: '3',
} as const

const PARAGRAPH =
  'Write an essay of 1,200 words on the causes of the French Revolution. Cite at least three sources in MLA style, and hand in one PDF with a list of works cited.'
const DUE_IN_MS = 14 * 24 * 3_600_000
// One date for all who ask: an assignment is due when it is due.
const DUE_AT = new Date(Date.now() + DUE_IN_MS).toISOString()
const FILE_ID = '9'

export interface StubCanvas extends AsyncDisposable {
  readonly origin: string
}

type Answer = (origin: string, match: RegExpExecArray) => object

const ROUTES: readonly (readonly [RegExp, Answer])[] = [
  [/^\/users\/self$/, () => ({ id: '7', name: 'Student' })],
  [/^\/users\/self\/profile$/, () => ({ id: '7', time_zone: 'Europe/Berlin' })],
  [/^\/courses\/([12])\/assignments\/(\d+)$/, (origin, [, course, id]) => assignment(origin, course, id)],
  [/^\/courses\/(\d+)\/files\/9$/, (origin) => file(origin)],
  [/^\/courses\/(\d+)$/, (_, [, id]) => ({ id, name: 'History 101', time_zone: 'UTC', syllabus_body: null })],
]

function assignment(origin: string, course: string | undefined, id: string | undefined): object {
  const isHtml = course === COURSES.html
  return {
    id,
    name: 'Essay on the French Revolution',
    description: isHtml ? `<p>${PARAGRAPH}</p>` : null,
    due_at: DUE_AT,
    points_possible: 100,
    grading_type: 'points',
    submission_types: ['online_upload'],
    html_url: `${origin}/courses/${course}/assignments/${id}`,
    ...(isHtml ? {} : { annotatable_attachment_id: FILE_ID }),
  }
}

const file = (origin: string): object => ({
  id: FILE_ID,
  display_name: 'essay.txt',
  'content-type': 'text/plain',
  size: PARAGRAPH.length,
  url: `${origin}/files/${FILE_ID}/download`,
})

/** Answers the few calls a run makes of Canvas, at once and always the same. */
export async function startStubCanvas(): Promise<StubCanvas> {
  const server = createServer((request, response) => answer(origin, request.url ?? '', response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(origin: string, url: string, response: ServerResponse): void {
  const { pathname } = new URL(url, origin)
  if (pathname === `/files/${FILE_ID}/download`) {
    response.writeHead(200, { 'content-type': 'text/plain' }).end(PARAGRAPH)
    return
  }
  const path = pathname.replace(/^\/api\/v1/, '')
  for (const [pattern, body] of ROUTES) {
    const match = pattern.exec(path)
    if (match !== null) return send(response, 200, body(origin, match))
  }
  send(response, 404, { errors: [{ message: 'The specified resource does not exist.' }] })
}

function send(response: ServerResponse, status: number, body: object): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-context-id': 'bench' }
  response.writeHead(status, headers).end(JSON.stringify(body))
}
