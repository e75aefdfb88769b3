import type { Dispatcher } from 'undici'
import type { z } from 'zod'

import type { Secret } from '../config/secret.ts'
import { CanvasId } from '../contract/primitives.ts'
import { downloadFile, type Download } from './download.ts'
import type { CallTimes, CanvasHttp } from './exchange.ts'
import type { OutboundPolicy } from './guard/policy.ts'
import { paginate, type Listing } from './paginate.ts'
import { canvasFailure } from './reply-failure.ts'
import { getJson } from './request.ts'
import {
  CanvasAssignment,
  CanvasAssignmentRow,
  CanvasCourse,
  CanvasFile,
  CanvasProfile,
  CanvasTopic,
  CanvasUser,
} from './schemas.ts'
import { createTokenGate } from './throttle.ts'
import type { TokenGates } from './token-gates.ts'
import { userAgent } from './user-agent.ts'

const JSON_TIMES: CallTimes = { headersMs: 10_000, idleMs: 10_000, overallMs: 30_000 }
const DOWNLOAD_TIMES: CallTimes = { headersMs: 10_000, idleMs: 30_000, overallMs: 120_000 }

export interface CanvasClientOptions {
  /** The stored origin, as `vetOrigin` gave it; the token goes nowhere else. */
  readonly origin: string
  readonly token: Secret
  readonly policy: OutboundPolicy
  /** The dispatcher of `createGuardedAgent(policy)`. */
  readonly agent: Dispatcher
  /** A URL or e-mail for Canvas' operators, sent with every call. */
  readonly contact: string
  /** Ends every call of this client. */
  readonly signal?: AbortSignal
  /** Shared pace of this token, so that several clients of one process keep it together. */
  readonly gates?: TokenGates
}

/** Reads one Canvas for one student. Every call rejects with RunFailure, or with the signal's reason when aborted. */
export interface CanvasClient {
  readonly origin: string
  self(): Promise<{ id: string }>
  profile(): Promise<CanvasProfile>
  course(courseId: string): Promise<CanvasCourse>
  assignment(courseId: string, assignmentId: string): Promise<CanvasAssignment>
  /** Every assignment of a course, as far as 25 pages go. */
  assignments(courseId: string): Promise<Listing<CanvasAssignmentRow>>
  discussionTopic(courseId: string, topicId: string): Promise<CanvasTopic>
  /** What Canvas says of a file; a null course asks for the file by its id alone. */
  file(courseId: string | null, fileId: string): Promise<CanvasFile>
  /** Asks Canvas for a fresh address of the file and downloads it, at most 25 MB. */
  download(courseId: string | null, fileId: string): Promise<Download>
}

/** Makes the reader of one Canvas for one student; it sends GET requests only. */
export function createCanvasClient(options: CanvasClientOptions): CanvasClient {
  const http = httpFor(options)
  const get = async <T>(path: string, schema: z.ZodType<T>, subject: string): Promise<T> =>
    (await getJson(http, `/api/v1${path}`, schema, subject)).value

  const file = async (courseId: string | null, fileId: string): Promise<CanvasFile> =>
    get(
      `${courseId === null ? '' : coursePath(courseId)}/files/${pathId(fileId)}`,
      CanvasFile,
      `the file ${fileId}`,
    )
  return {
    origin: http.origin,
    self: () => get('/users/self', CanvasUser, 'your user'),
    profile: () => get('/users/self/profile', CanvasProfile, 'your profile'),
    course: async (courseId) =>
      get(`${coursePath(courseId)}?include[]=syllabus_body`, CanvasCourse, `the course ${courseId}`),
    assignment: async (courseId, assignmentId) => {
      const include = 'include[]=can_submit&include[]=all_dates&include[]=checkpoints'
      const path = `${coursePath(courseId)}/assignments/${pathId(assignmentId)}?${include}`
      return get(path, CanvasAssignment, `the assignment ${assignmentId}`)
    },
    assignments: async (courseId) => {
      const path = `/api/v1${coursePath(courseId)}/assignments?order_by=due_at&per_page=100`
      return paginate(http, path, CanvasAssignmentRow, `the assignments of the course ${courseId}`)
    },
    discussionTopic: async (courseId, topicId) =>
      get(
        `${coursePath(courseId)}/discussion_topics/${pathId(topicId)}`,
        CanvasTopic,
        `the discussion ${topicId}`,
      ),
    file,
    download: async (courseId, fileId) => {
      const { url, display_name, filename, 'content-type': expectedType } = await file(courseId, fileId)
      const name = display_name ?? filename
      const subject = name === null ? `the file ${fileId}` : `the file “${name}”`
      // A locked file has an empty address, which would resolve to the Canvas home page.
      if (url === null || url === '') throw canvasFailure('permission', { subject, status: null })
      return downloadFile({ ...http, times: DOWNLOAD_TIMES }, { url, subject, expectedType })
    },
  }
}

function httpFor({ origin, token, policy, agent, contact, signal, gates }: CanvasClientOptions): CanvasHttp {
  const gate = gates === undefined ? createTokenGate() : gates.gateOf(origin, token)
  return {
    origin,
    token,
    policy,
    dispatcher: agent,
    userAgent: userAgent(contact),
    gate,
    signal,
    times: JSON_TIMES,
  }
}

const coursePath = (courseId: string): string => `/courses/${pathId(courseId)}`

/** Lets only a Canvas id into a path: `123/submissions/456?` would reach another student's submission. */
function pathId(value: string): string {
  if (CanvasId.safeParse(value).success) return value
  throw canvasFailure('not_found', { subject: 'anything under a malformed id', status: null })
}
