import { z } from 'zod'

/** The id under which the reply to a mutating request is kept; also sent as header Idempotency-Key. */
export const RequestId = z
  .uuid()
  .toLowerCase()
  .optional()
  .meta({
    override: { type: 'string', format: 'uuid' },
    description:
      'Repeating a request with the same id answers the stored reply; also as header Idempotency-Key',
  })

/** The body of a mutating request that takes nothing else. */
export const OnlyRequestId = z.strictObject({ request_id: RequestId }).meta({ id: 'RequestIdBody' })
