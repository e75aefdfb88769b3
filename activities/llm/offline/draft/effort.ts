// Sizes a student can plan with: minutes in fives, and quarter hours where more than an hour is meant.

/** Rounds minutes down to what can be planned; at least one minute. */
export function roundEffort(minutes: number): number {
  if (minutes >= 75) return Math.floor(minutes / 15) * 15
  if (minutes >= 5) return Math.floor(minutes / 5) * 5
  return Math.max(1, Math.floor(minutes))
}

/** An effort in the form of the contract: `90m`, `2h`. */
export function formatEffort(minutes: number): string {
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}

/** Work in words for a person: `45 min`, `5 h`. */
export function formatWork(minutes: number): string {
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`
}

/** How the points of an assignment speak of its weight. */
export function weightOfPoints(points: number | null): number {
  if (points === null || points <= 0) return 1
  if (points <= 10) return 0.75
  if (points <= 30) return 0.9
  return points >= 150 ? 1.15 : 1
}

/** Efforts that fit into the capacity: unchanged when they do, else all shortened alike. */
export function fitEfforts(efforts: readonly number[], capacity: number): readonly number[] {
  const sum = efforts.reduce((total, effort) => total + effort, 0)
  const share = sum > capacity ? capacity / sum : 1
  return efforts.map((effort) => roundEffort(effort * share))
}
