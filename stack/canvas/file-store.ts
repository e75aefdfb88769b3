import type { IncomingMessage } from 'node:http'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { readFileVersion } from './present/file.ts'
import { loginPage, serverError } from './protocol/refusals.ts'
import { bytes, redirect, xml, type Reply } from './protocol/reply.ts'
import type { FileSeed, FileVersion } from './seed.ts'
import { storedName, type SignedUrls } from './signed-urls.ts'
import type { World } from './world.ts'

interface StoredFile {
  readonly file: FileSeed
  readonly version: FileVersion
}

/** The object store behind Canvas: a host of its own that knows signed addresses and no Canvas token. */
export class FileStore {
  readonly origin: string
  readonly #stored: ReadonlyMap<string, StoredFile>
  readonly #urls: SignedUrls

  constructor(world: World, origin: string, urls: SignedUrls) {
    this.origin = origin
    this.#urls = urls
    const files = world.courses.flatMap((course) =>
      course.assignments.flatMap((assignment) => assignment.files ?? []),
    )
    this.#stored = new Map(files.flatMap(versions).map((stored) => [storedName(stored.version.id), stored]))
  }

  /** A signed address of a file version. */
  addressOf(versionId: bigint): string {
    const stored = this.#stored.get(storedName(versionId))
    const name = encodeURIComponent(stored?.file.displayName ?? 'file')
    const query = new URLSearchParams({ token: this.#urls.sign(versionId), download: '1' })
    return `${this.origin}/files/${storedName(versionId)}/${name}?${query.toString()}`
  }

  /** Answers a request, refusing one that brings an Authorization header along. */
  answer(request: IncomingMessage, url: URL, faults: Faults, seen: Seen): Reply {
    if (request.headers.authorization !== undefined) return xml(TWO_AUTH_MECHANISMS, 400)
    if (faults.take('server-error', seen) !== null) return serverError(2_000_001n)
    if (faults.take('login-page', seen) !== null) return loginPage()
    const inward = faults.take('private-redirect', seen)
    if (inward !== null) return redirect(inward.location)
    if (faults.take('redirect-loop', seen) !== null)
      return redirect(`${this.origin}${url.pathname}${url.search}`)
    const stored = this.#stored.get(/^\/files\/([\da-f-]{36})\//.exec(url.pathname)?.[1] ?? '')
    if (stored === undefined) return xml(NO_SUCH_KEY, 404)
    if (!this.#urls.opens(stored.version.id, url.searchParams.get('token') ?? ''))
      return xml(ACCESS_DENIED, 403)
    const name = encodeURIComponent(stored.file.displayName)
    return bytes(readFileVersion(stored.version), stored.file.contentType, {
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'accept-ranges': 'bytes',
    })
  }
}

function versions(file: FileSeed): StoredFile[] {
  const replaced = file.replacement === undefined ? [] : [{ file, version: file.replacement }]
  return [{ file, version: file }, ...replaced]
}

const errorXml = (code: string, message: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`

const TWO_AUTH_MECHANISMS = errorXml(
  'InvalidArgument',
  'Only one auth mechanism allowed; only the signed token or the Authorization header should be specified',
)
const NO_SUCH_KEY = errorXml('NoSuchKey', 'The specified key does not exist.')
const ACCESS_DENIED = errorXml('AccessDenied', 'Request has expired or the token is not valid.')
