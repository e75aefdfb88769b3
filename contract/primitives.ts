import { z } from 'zod'

// `override` keeps the published document readable: the patterns zod would print run over several lines.
const plain = (schema: { type: string; format?: string; pattern?: string }) => ({ override: schema })

/** A Canvas id: digits, or digits with a shard prefix. */
export const CanvasId = z
  .string()
  .regex(/^\d+(~\d+)?$/, 'must be a Canvas id: digits, or shard~digits')
  .max(40)
  .meta({ description: 'Canvas id', example: '2001' })

export const Uuid = z.uuid().meta(plain({ type: 'string', format: 'uuid' }))
export const IsoTime = z.iso.datetime({ offset: false }).meta(plain({ type: 'string', format: 'date-time' }))
export const JobId = z.string().regex(/^j_[0-9a-f]{12}$/, 'must be a job id: j_ and 12 hexadecimal digits')
export const WorkerId = z
  .string()
  .regex(/^w_[0-9a-f]{12}$/, 'must be a worker id: w_ and 12 hexadecimal digits')
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug: lower-case words joined by hyphens')
  .max(80)
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const Progress = z
  .int()
  .min(0)
  .max(100)
  .meta({ override: { type: 'integer', minimum: 0, maximum: 100 } })
export const Count = z
  .int()
  .min(0)
  .meta({ override: { type: 'integer', minimum: 0 } })
