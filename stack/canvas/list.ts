import type { Call } from './call.ts'
import { paginate, type PageRequest } from './protocol/paginate.ts'
import type { Reply } from './protocol/reply.ts'

/** Answers one page of a list, with whatever quirk of paging is switched on. */
export function list(call: Call, rows: readonly unknown[], style: PageRequest['style'] = 'numbered'): Reply {
  const met = (kind: 'foreign-next' | 'no-last' | 'duplicate-rows') =>
    call.faults.take(kind, call.seen) !== null
  return paginate(rows, {
    address: `${call.origin}${call.seen.path}`,
    query: call.query,
    maxPerPage: call.maxPerPage,
    style,
    quirks: {
      foreignNext: met('foreign-next'),
      noLast: met('no-last'),
      duplicateRows: met('duplicate-rows'),
    },
  })
}
