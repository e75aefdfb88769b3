import { ApiProblem } from '../../contract/problem.ts'

/**
 * The sequence number up to which a client has everything, or undefined when it says nothing.
 * The header wins over `?after=`: a client that reconnects by itself keeps its address and adds the header.
 */
export function readCursor(lastEventId: string | undefined, after: number | undefined): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return after
  if (/^\d+$/.test(lastEventId)) return Number(lastEventId)
  throw new ApiProblem(
    'VALIDATION_FAILED',
    'Last-Event-ID must be the id of an event of this stream, a whole number.',
    { extras: { errors: [{ pointer: 'Last-Event-ID', message: 'must be a whole number' }] } },
  )
}
