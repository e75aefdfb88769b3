import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { CanvasFront } from './canvas-front.ts'
import { COURSES } from './courses/index.ts'
import { Faults } from './faults/faults.ts'
import { FileStore } from './file-store.ts'
import { close, listen } from './listen.ts'
import type { ExtraTokens } from './protocol/access-tokens.ts'
import { CANVAS_BUCKET, type BucketSettings } from './protocol/leaky-bucket.ts'
import { Throttle } from './protocol/throttle.ts'
import { RequestLog } from './request-log.ts'
import { serveCanvas, type CanvasSite } from './serve-canvas.ts'
import { serveFiles } from './serve-files.ts'
import { SignedUrls } from './signed-urls.ts'
import type { CourseWriter } from './seed.ts'
import { createWorld } from './world.ts'

export interface SandboxOptions {
  readonly host?: string
  /** Port of Canvas itself; 0, the default, takes any free one. */
  readonly port?: number
  /** Port of the file store; 0, the default, takes any free one. */
  readonly filesPort?: number
  /** Stops the clock here, so that every date of every course is known beforehand. */
  readonly now?: Date
  /** The highest per_page the install grants. */
  readonly maxPerPage?: number
  readonly bucket?: BucketSettings
  /** How the throttle refuses; a setting of the server in Canvas too. */
  readonly throttleStatus?: 403 | 429
  /** Live tokens beside those the sandbox always has. */
  readonly tokens?: ExtraTokens
  /** Courses beside those the sandbox always has. */
  readonly courses?: readonly CourseWriter[]
}

export interface SandboxCanvas extends AsyncDisposable {
  readonly origin: string
  readonly filesOrigin: string
  readonly faults: Faults
  readonly requests: RequestLog
  stop(): Promise<void>
}

/** Starts Canvas and its file store on two origins of their own. */
export async function startSandboxCanvas(options: SandboxOptions = {}): Promise<SandboxCanvas> {
  const host = options.host ?? '127.0.0.1'
  const now = clock(options.now)
  const faults = new Faults()
  const requests = new RequestLog()
  const files = await listen(host, options.filesPort ?? 0)
  const canvas = await listen(host, options.port ?? 0).catch(async (error: unknown) => {
    await close(files.server)
    throw error
  })
  const { origin } = canvas
  const world = createWorld([...COURSES, ...(options.courses ?? [])], now(), origin)
  const store = new FileStore(world, files.origin, new SignedUrls(now))
  const signFile = (versionId: bigint) => store.addressOf(versionId)
  const { maxPerPage = 100, tokens = new Map() } = options
  const site: CanvasSite = {
    origin,
    front: new CanvasFront({ world, origin, faults, signFile, maxPerPage, now, tokens }),
    faults,
    requests,
    // Buckets leak in real time even while the calendar stands still.
    throttle: new Throttle(() => performance.now(), options.bucket ?? CANVAS_BUCKET),
    throttleStatus: options.throttleStatus ?? 403,
  }
  canvas.server.on('request', (request, response) => {
    serveCanvas(site, request, response).catch((error: unknown) => breakOff(response, error))
  })
  files.server.on('request', (request, response) => {
    serveFiles(store, faults, requests, request, response).catch((error: unknown) =>
      breakOff(response, error),
    )
  })
  const stop = async () => {
    await Promise.all([close(canvas.server), close(files.server)])
  }
  return { origin, filesOrigin: files.origin, faults, requests, stop, [Symbol.asyncDispose]: stop }
}

function clock(fixed: Date | undefined): () => Date {
  return fixed === undefined ? () => new Date() : () => new Date(fixed)
}

/** Ends a request that could not be answered, so that its caller does not wait for ever. */
function breakOff(response: ServerResponse, error: unknown): void {
  response.destroy(error instanceof Error ? error : undefined)
}
