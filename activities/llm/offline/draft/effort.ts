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

// From here on a whole hour says it within a twentieth.
const SAID_IN_HOURS = 600
const STEP = 5

/** Work in words for a person, never off by more than a twentieth: `45 min`, `1 h 35 min`, `16 h`. */
export function formatWork(minutes: number): string {
  if (minutes >= SAID_IN_HOURS) return `${Math.round(minutes / 60)} h`
  if (minutes < 90) return `${Math.round(minutes)} min`
  const stepped = Math.round(minutes / STEP) * STEP
  const [hours, rest] = [Math.floor(stepped / 60), stepped % 60]
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
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
