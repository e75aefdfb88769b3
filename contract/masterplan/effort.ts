export type Complexity = 'low' | 'medium' | 'high' | 'critical'

/** The minutes an effort such as `90m` or `2h` stands for. */
export function effortMinutes(effort: string): number {
  const amount = Number.parseInt(effort, 10)
  return effort.endsWith('h') ? amount * 60 : amount
}

/** How complex work of so many minutes counts: low up to half an hour, medium up to two, high up to six, then critical. */
export function complexityOf(minutes: number): Complexity {
  if (minutes <= 30) return 'low'
  if (minutes <= 120) return 'medium'
  return minutes <= 360 ? 'high' : 'critical'
}
