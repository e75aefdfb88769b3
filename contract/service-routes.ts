import { z } from 'zod'

import type { Route } from './route.ts'

const Alive = z.strictObject({ status: z.literal('alive') }).meta({ id: 'Alive' })
const Ready = z.strictObject({ status: z.literal('ready') }).meta({ id: 'Ready' })
const OpenApiDocument = z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' })
const File = z.instanceof(Uint8Array).meta({ override: { type: 'string', format: 'binary' } })

export const SERVICE_ROUTES = {
  livez: {
    method: 'get',
    path: '/livez',
    operation: 'livez',
    tag: 'service',
    access: 'none',
    summary: 'Tell that the process lives',
    description: 'Answers as long as the process can answer at all; asks nothing of any other part.',
    answers: { 200: Alive },
    problems: [],
  },
  readyz: {
    method: 'get',
    path: '/readyz',
    operation: 'readyz',
    tag: 'service',
    access: 'none',
    summary: 'Tell whether requests can be served',
    description: 'Asks PostgreSQL and Temporal. While one is away, or the process is ending, it answers 503.',
    answers: { 200: Ready },
    problems: [],
  },
  openapi: {
    method: 'get',
    path: '/openapi.json',
    operation: 'openapi',
    tag: 'service',
    access: 'none',
    summary: 'Read this description',
    description: 'The OpenAPI 3.1 document of every route of this service.',
    etag: true,
    answers: { 200: OpenApiDocument },
    problems: [],
  },
  docs: {
    method: 'get',
    path: '/docs',
    operation: 'docs',
    tag: 'service',
    access: 'none',
    summary: 'Browse this description',
    description: 'A page for people, made from the OpenAPI document.',
    answerType: 'text/html',
    answers: { 200: z.string() },
    problems: [],
  },
  docsFile: {
    method: 'get',
    path: '/docs/{file}',
    operation: 'docsFile',
    tag: 'service',
    access: 'none',
    summary: 'Load a file of the page',
    description: 'Scripts, styles and icons of the page at /docs.',
    params: z.object({ file: z.string().max(80) }),
    answerType: '*/*',
    answers: { 200: File },
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
