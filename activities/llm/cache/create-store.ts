import type { WriteDb } from '../../../db/open.ts'
import {
  claimQuestion,
  findAnswer,
  keepAnswer,
  releaseQuestion,
  renewClaim,
} from '../../../db/write/llm-results.ts'
import type { AnswerStore } from './share-answer.ts'

/** The store of answers in our own database, shared by all workers. */
export function createAnswerStore(db: WriteDb): AnswerStore {
  return {
    find: (keys) => findAnswer(db, keys),
    claim: (key, holder, leaseMs) => claimQuestion(db, key, holder, leaseMs),
    renew: (key, holder, leaseMs) => renewClaim(db, key, holder, leaseMs),
    keep: (kept, holder) => keepAnswer(db, kept, holder),
    release: (key, holder) => releaseQuestion(db, key, holder),
  }
}
