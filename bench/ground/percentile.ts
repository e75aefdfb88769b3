/** The value below which a share (0 to 1) of the values lies, by the nearest-rank method; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The middle one of a few values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
