import type { ColumnType } from 'kysely'

// bigint columns arrive as numbers: open.ts sets that parser, sequences stay far below 2^53.

export type Time = ColumnType<Date, Date | string | undefined, Date | string>
export type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
/** JSON goes in as text, so that arrays are not taken for PostgreSQL arrays. */
export type Json<T> = ColumnType<T, string, string>
export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>

/** Where one page lies in a text, as contract/document.ts has it. */
export interface PageSpan {
  readonly page: number
  readonly start: number
  readonly end: number
}
