import type { AiPolicy } from './requirements.ts'

/** What a course's policy on AI lets Waymark do; where nothing is said, both. */
export function policyAllows({ level }: Pick<AiPolicy, 'level'>): {
  readonly plan: boolean
  readonly feedback: boolean
} {
  return { plan: level !== 1, feedback: level === null || level >= 4 }
}
