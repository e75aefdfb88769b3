export interface User {
  readonly id: bigint
  readonly name: string
  readonly sortableName: string
  readonly shortName: string
  readonly email: string
  readonly loginId: string
  readonly timeZone: string
  readonly locale: string
}

export const MAYA: User = {
  id: 3001n,
  name: 'Maya Okafor',
  sortableName: 'Okafor, Maya',
  shortName: 'Maya',
  email: 'mokafor@hollis.example.edu',
  loginId: 'mokafor',
  timeZone: 'America/New_York',
  locale: 'en',
}

/** An exchange student; the lab in Berlin gave him two more days. */
export const JONAS: User = {
  id: 3002n,
  name: 'Jonas Weber',
  sortableName: 'Weber, Jonas',
  shortName: 'Jonas',
  email: 'jweber@hollis.example.edu',
  loginId: 'jweber@hollis.example.edu',
  timeZone: 'Europe/Berlin',
  locale: 'de',
}

/** Has an account and is enrolled nowhere: every course refuses her. */
export const PRIYA: User = {
  id: 3003n,
  name: 'Priya Raman',
  sortableName: 'Raman, Priya',
  shortName: 'Priya',
  email: 'praman@hollis.example.edu',
  loginId: '90017344',
  timeZone: 'America/Chicago',
  locale: 'en',
}
