import { z } from 'zod'

import type { RateLimit } from '../contract/rate-limit.ts'

const MOST = 10_000
const LONGEST_SECONDS = 86_400
const Amount = z.int().min(1).max(MOST)
const Window = z.int().min(1).max(LONGEST_SECONDS)

const rateLimit = (usual: string) =>
  z
    .string()
    .regex(/^\d{1,5}\/\d{1,5}$/, 'must be how many in how many seconds, such as 60/60')
    .transform((text): RateLimit => {
      const [amount, seconds] = text.split('/').map(Number)
      return { amount: amount ?? 0, seconds: seconds ?? 0 }
    })
    .pipe(z.object({ amount: Amount, seconds: Window }))
    .prefault(usual)

/** The settings that say how much somebody may begin, each `amount/seconds`. */
export const rateLimitSettings = {
  LIMIT_LOGIN_ADDRESS: rateLimit('600/60'),
  LIMIT_LOGIN_ACCOUNT: rateLimit('100/600'),
  LIMIT_LOGIN_ACCOUNT_ADDRESS: rateLimit('20/300'),
  LIMIT_REGISTER_ADDRESS: rateLimit('600/600'),
  LIMIT_REFRESH_ADDRESS: rateLimit('1200/60'),
  LIMIT_REFRESH_ACCOUNT: rateLimit('120/300'),
  LIMIT_START_USER: rateLimit('300/60'),
  LIMIT_START_TENANT: rateLimit('1200/60'),
  LIMIT_REPROCESS_USER: rateLimit('60/60'),
  LIMIT_REPROCESS_TENANT: rateLimit('600/60'),
  LIMIT_SUBMISSION_USER: rateLimit('120/60'),
  LIMIT_SUBMISSION_TENANT: rateLimit('1200/60'),
  LIMIT_JOB_USER: rateLimit('600/60'),
  LIMIT_JOB_TENANT: rateLimit('1200/60'),
} as const

type Settings = Readonly<Record<keyof typeof rateLimitSettings, RateLimit>>

/** How much somebody may begin, by what it is and who is counted. */
export interface RateLimits {
  readonly login: Readonly<Record<'address' | 'account' | 'accountFromAddress', RateLimit>>
  readonly register: Readonly<Record<'address', RateLimit>>
  readonly refresh: Readonly<Record<'address' | 'account', RateLimit>>
  readonly start: OfUserAndTenant
  readonly reprocess: OfUserAndTenant
  readonly submission: OfUserAndTenant
  readonly job: OfUserAndTenant
}

type OfUserAndTenant = Readonly<Record<'user' | 'tenant', RateLimit>>

/** Gathers the limits from the settings. */
export function rateLimitsOf(settings: Settings): RateLimits {
  return {
    login: {
      address: settings.LIMIT_LOGIN_ADDRESS,
      account: settings.LIMIT_LOGIN_ACCOUNT,
      accountFromAddress: settings.LIMIT_LOGIN_ACCOUNT_ADDRESS,
    },
    register: { address: settings.LIMIT_REGISTER_ADDRESS },
    refresh: { address: settings.LIMIT_REFRESH_ADDRESS, account: settings.LIMIT_REFRESH_ACCOUNT },
    start: { user: settings.LIMIT_START_USER, tenant: settings.LIMIT_START_TENANT },
    reprocess: { user: settings.LIMIT_REPROCESS_USER, tenant: settings.LIMIT_REPROCESS_TENANT },
    submission: { user: settings.LIMIT_SUBMISSION_USER, tenant: settings.LIMIT_SUBMISSION_TENANT },
    job: { user: settings.LIMIT_JOB_USER, tenant: settings.LIMIT_JOB_TENANT },
  }
}
