import type { Call } from './call.ts'
import type { FaultOf } from './faults/fault.ts'
import type { Reply } from './protocol/reply.ts'

export interface Route {
  /** Segments with a leading colon take any single segment of the path. */
  readonly pattern: string
  /** The scope a developer key must carry, in the words of Canvas. */
  readonly scope: string
  /** The course tab whose switching off closes this route. */
  readonly tab?: FaultOf<'tab-disabled'>['tab']
  readonly answer: (call: Call) => Reply
}

/** The route of a path with the parameters it took from it, or null. */
export function findRoute(
  routes: readonly Route[],
  path: string,
): { route: Route; params: Record<string, string> } | null {
  const segments = path.split('/')
  for (const route of routes) {
    const params = matchSegments(route.pattern.split('/'), segments)
    if (params !== null) return { route, params }
  }
  return null
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, wanted] of pattern.entries()) {
    const given = decodeSegment(segments[index] ?? '')
    if (given === null) return null
    if (wanted.startsWith(':')) params[wanted.slice(1)] = given
    else if (wanted !== given) return null
  }
  return params
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
