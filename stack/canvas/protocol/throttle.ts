import {
  CANVAS_BUCKET,
  EMPTY_BUCKET,
  isFull,
  pour,
  remaining,
  type Bucket,
  type BucketSettings,
} from './leaky-bucket.ts'

const BASE_COST = 0.08
const ROW_COST = 0.004

/** The price of an answered request: a fixed part and a part for each row, in bucket units. */
export function requestCost(rows: number): number {
  return BASE_COST + ROW_COST * rows
}

export interface Admission {
  readonly admitted: boolean
  /** Gives the up-front cost back, charges the real one, and answers what remains. */
  settle(cost: number): number
}

/** The leaky buckets of all clients, one for each token or, without one, each address. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>()
  readonly #settings: BucketSettings
  readonly #nowMs: () => number

  constructor(nowMs: () => number, settings: BucketSettings = CANVAS_BUCKET) {
    this.#nowMs = nowMs
    this.#settings = settings
  }

  /** Takes a client's request in, or refuses it when the bucket is full. */
  admit(client: string): Admission {
    const reserved = this.#pour(client, this.#settings.upFrontCost)
    return {
      admitted: !isFull(reserved, this.#settings),
      settle: (cost) => remaining(this.#pour(client, cost - this.#settings.upFrontCost), this.#settings),
    }
  }

  #pour(client: string, amount: number): Bucket {
    const bucket = pour(this.#buckets.get(client) ?? EMPTY_BUCKET, amount, this.#nowMs(), this.#settings)
    this.#buckets.set(client, bucket)
    return bucket
  }
}
