import { z } from 'zod'
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'

import { PREFIXES, ROUTES, type Operation, type Route } from '../../contract/routes.ts'
import { EXAMPLES } from './examples.ts'
import { describeResponses, isConditional, takesRequestId, takesVersion } from './responses.ts'

const API_VERSION = '1.0.0'

const DESCRIPTION = `Turns a Canvas assignment into a plan that is checked against its source, and shows every step.

Sign in with \`POST /auth/login\` and send the access token as \`Authorization: Bearer\`. Times are ISO 8601 in UTC.
Requests with keys that are not known are refused; answers may gain keys, which clients should let pass. Errors are
\`application/problem+json\` (RFC 9457) with a stable \`code\` and a \`detail\` that says what to do next.`

type Document = ReturnType<typeof createDocument>
type SchemaObject = Parameters<NonNullable<CreateDocumentOptions['override']>>[0]['jsonSchema']

const IdempotencyKey = z
  .uuid()
  .optional()
  .meta({
    override: { type: 'string', format: 'uuid' },
    description: 'Repeating a request with the same key within the hour answers the reply of the first',
  })
const IfNoneMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag of what you have; answers 304 while it holds' })
const IfMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag of what you saw; answers 412 once something else is there' })
const LastEventId = z
  .string()
  .optional()
  .meta({ description: 'The id of the last event you have; those after it follow' })

/** Makes the OpenAPI 3.1 document of every route in the contract. */
export function createOpenApiDocument(): Document {
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Waymark',
        version: API_VERSION,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: PREFIXES.map((prefix) => ({ url: prefix === '' ? '/' : prefix })),
      tags: [
        { name: 'accounts', description: 'Accounts, tokens and the key to Canvas' },
        { name: 'assignments', description: 'Planning one assignment' },
        { name: 'feedback', description: 'Feedback on what a student has written' },
        { name: 'masterplans', description: 'Review and execution of a plan' },
        { name: 'handoffs', description: 'A build, handed on between five roles' },
        { name: 'jobs', description: 'Everything that runs, and jobs of your own' },
        { name: 'supervisor', description: 'Whatever works at a job: seen, paused, resumed, ended' },
        { name: 'resources', description: 'Quotas, and what is held of them' },
        { name: 'service', description: 'The service itself' },
      ],
      paths: describePaths(),
      components: {
        securitySchemes: {
          access_token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          stream_ticket: {
            type: 'apiKey',
            in: 'query',
            name: 'ticket',
            description: 'From POST /auth/stream-tickets; works once',
          },
        },
      },
    },
    { override: ({ jsonSchema, io }) => tidy(jsonSchema, io) },
  )
}

const NAMED_FORMATS = new Set(['uuid', 'date-time', 'email'])

/** Leaves out what makes the document harder to read or to use than the rule it stands for. */
function tidy(schema: SchemaObject, io: 'input' | 'output'): void {
  // Clients are to let added keys pass, so no schema of an answer forbids them.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
  // zod's patterns for these run over several lines and say no more than the format does.
  if (schema.format !== undefined && NAMED_FORMATS.has(schema.format)) delete schema.pattern
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
}

function describePaths(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const [operation, route] of Object.entries<Route>(ROUTES)) {
    const example = EXAMPLES[operation as Operation]
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route, example) }
  }
  return paths
}

function describeOperation(route: Route, example: object | undefined): ZodOpenApiOperationObject {
  const { operation, tag, summary, description, params, query, body, bodyOptional, bodyIsFile } = route
  const type = bodyIsFile === true ? 'application/octet-stream' : 'application/json'
  return {
    operationId: operation,
    tags: [tag],
    summary,
    description,
    security: describeSecurity(route),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      header: z.object({
        ...(takesRequestId(route) && { 'Idempotency-Key': IdempotencyKey }),
        ...(isConditional(route) && { 'If-None-Match': IfNoneMatch }),
        ...(takesVersion(route) && { 'If-Match': IfMatch }),
        ...(route.answerType === 'text/event-stream' && { 'Last-Event-ID': LastEventId }),
      }),
    },
    ...(body && {
      requestBody: {
        required: bodyOptional !== true,
        content: { [type]: { schema: body, ...(example && { example }) } },
      },
    }),
    responses: describeResponses(route),
  }
}

function describeSecurity({ access, answerType }: Route): Record<string, string[]>[] {
  if (access === 'none') return []
  const scopes = access === 'user' ? [] : [access]
  const ticket = answerType === 'text/event-stream' ? [{ stream_ticket: [] }] : []
  return [{ access_token: scopes }, ...ticket]
}
