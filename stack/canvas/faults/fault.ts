import { z } from 'zod'

const where = {
  /** Glob over the request path, `*` stands for any characters; without it the fault meets every path. */
  path: z.string().min(1).optional(),
  /** Which of the two listeners; without it both. */
  on: z.enum(['canvas', 'files']).optional(),
  /** Lets the first N matching requests pass. */
  after: z.int().min(0).default(0),
  /** Meets N requests and is then spent; without it the fault stays until cleared. */
  times: z.int().positive().optional(),
}

const plain = <const Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind), ...where })

export const faultSchema = z.discriminatedUnion('kind', [
  plain('server-error'),
  plain('throttle-403'),
  plain('throttle-429'),
  plain('network-down'),
  plain('login-page'),
  plain('login-redirect'),
  plain('user-agent-html'),
  plain('permission-401'),
  plain('permission-403'),
  plain('not-found'),
  plain('foreign-next'),
  plain('no-last'),
  plain('duplicate-rows'),
  plain('strip-include'),
  plain('redirect-loop'),
  plain('replace-attachment'),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().positive().max(120_000), ...where }),
  z.strictObject({ kind: z.literal('cut'), afterBytes: z.int().min(0).default(1000), ...where }),
  z.strictObject({ kind: z.literal('wrong-length'), delta: z.int().default(1000), ...where }),
  z.strictObject({ kind: z.literal('revoked-token'), token: z.string().optional(), ...where }),
  z.strictObject({ kind: z.literal('expired-token'), token: z.string().optional(), ...where }),
  z.strictObject({
    kind: z.literal('tab-disabled'),
    tab: z.enum(['files', 'pages', 'modules', 'assignments', 'discussions']),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('private-redirect'),
    location: z.url().default('http://169.254.169.254/latest/meta-data/'),
    ...where,
  }),
])

/** A fault as it is asked for, defaults left out. */
export type FaultRequest = z.input<typeof faultSchema>
export type Fault = z.output<typeof faultSchema>
export type FaultKind = Fault['kind']
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>

export interface Seen {
  readonly on: 'canvas' | 'files'
  readonly path: string
}

/** Says whether a fault is meant for a request, counts left aside. */
export function faultMatches(fault: Fault, seen: Seen): boolean {
  if (fault.on !== undefined && fault.on !== seen.on) return false
  return fault.path === undefined || globToRegExp(fault.path).test(seen.path)
}

function globToRegExp(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
