/** What the measuring process asks of the process with the clients. */
export type Order =
  | {
      readonly kind: 'open'
      readonly host: string
      readonly port: number
      readonly token: string
      /** One path for each stream. */
      readonly paths: readonly string[]
    }
  | { readonly kind: 'arrivals' }

/** When an event reached its client: stream, sequence number, nanoseconds of the machine's monotonic clock. */
export type Arrival = readonly [stream: number, seq: number, at: number]

export type Answer =
  | { readonly kind: 'opened'; readonly open: number; readonly refused: readonly string[] }
  | { readonly kind: 'arrivals'; readonly arrivals: readonly Arrival[]; readonly open: number }

/** Nanoseconds of the monotonic clock that all processes of a machine share. */
export function now(): number {
  return Number(process.hrtime.bigint())
}
