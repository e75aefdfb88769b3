/** How much was taken of one limit, as the moment when all of it is given back. */
export interface RateLimitsTable {
  /** A hash: neither addresses nor e-mail addresses are kept. */
  key: string
  /** Microseconds since 1970; what lies in the past says the same as no row. */
  clear_at_us: number
}
