import { z } from 'zod'

const PAGE = { least: 1, most: 100, usual: 50 } as const
const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number)

/** The part of a list that is asked for (contract §1). */
export const listQuery = {
  limit: wholeNumber
    .pipe(z.int().min(PAGE.least).max(PAGE.most))
    .default(PAGE.usual)
    .meta({ override: { type: 'integer', minimum: PAGE.least, maximum: PAGE.most } }),
  offset: wholeNumber
    .pipe(z.int())
    .default(0)
    .meta({ override: { type: 'integer', minimum: 0 } }),
}
