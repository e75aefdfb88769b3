// The request throttle of Canvas: a bucket per token that leaks all the time and is full at its high water mark.

export interface BucketSettings {
  /** The bucket never holds more than this. */
  readonly maximum: number
  /** From here on requests are refused. */
  readonly highWaterMark: number
  /** Units that leak away each second. */
  readonly outflow: number
  /** Units held while a request is in flight, so that many at once fill the bucket. */
  readonly upFrontCost: number
}

export const CANVAS_BUCKET: BucketSettings = {
  maximum: 800,
  highWaterMark: 600,
  outflow: 10,
  upFrontCost: 50,
}

export interface Bucket {
  readonly level: number
  readonly touchedMs: number
}

export const EMPTY_BUCKET: Bucket = { level: 0, touchedMs: 0 }

/** Leaks the bucket up to `nowMs`, then pours `amount` in (or out, when negative). */
export function pour(bucket: Bucket, amount: number, nowMs: number, settings: BucketSettings): Bucket {
  const elapsedSeconds = Math.max(0, nowMs - bucket.touchedMs) / 1000
  const leaked = Math.max(0, bucket.level - elapsedSeconds * settings.outflow)
  return { level: Math.min(settings.maximum, Math.max(0, leaked + amount)), touchedMs: nowMs }
}

/** Says whether a request is refused whose up-front cost has just been poured into this bucket. */
export function isFull(bucket: Bucket, settings: BucketSettings): boolean {
  return bucket.level >= settings.highWaterMark
}

/** What X-Rate-Limit-Remaining says: units left below the high water mark. */
export function remaining(bucket: Bucket, settings: BucketSettings): number {
  return settings.highWaterMark - bucket.level
}
