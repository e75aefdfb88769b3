import { ApiProblem } from '../../contract/problem.ts'

const RETRY_AFTER_SECONDS = 10

export interface StreamLimits {
  /** Counts one stream in for as long as the answer is not disposed of; throws ApiProblem when there are too many. */
  take(userId: string): Disposable
}

/** Counts the open streams of one process, per user and in all. */
export function createStreamLimits({
  perUser,
  perProcess,
}: {
  readonly perUser: number
  readonly perProcess: number
}): StreamLimits {
  const ofUser = new Map<string, number>()
  let total = 0
  return {
    take(userId) {
      const own = ofUser.get(userId) ?? 0
      if (own >= perUser)
        throw new ApiProblem(
          'RATE_LIMITED',
          `At most ${perUser} streams may be open at once: close one of them first.`,
          { retryAfterSeconds: RETRY_AFTER_SECONDS },
        )
      if (total >= perProcess)
        throw new ApiProblem('SERVICE_UNAVAILABLE', 'This server has as many streams as it can carry.', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        })
      ofUser.set(userId, own + 1)
      total += 1
      return {
        [Symbol.dispose]() {
          const left = (ofUser.get(userId) ?? 1) - 1
          if (left === 0) ofUser.delete(userId)
          else ofUser.set(userId, left)
          total -= 1
        },
      }
    },
  }
}
