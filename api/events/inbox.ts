import type { StreamEvent } from '../../contract/events.ts'

/**
 * What one subscriber knows of its stream: the three phases backfill, cut-over and live as one rule.
 * Rows read from the database are taken as they come; live ones only if they follow what was sent without a gap,
 * and whatever is known to be there and cannot be linked is read. So none is lost and none is sent twice.
 */
export interface Inbox {
  /** Everything up to here was handed to the client. */
  readonly sent: number
  /** Something may be stored up to here; more than `sent` means that there is something to read. */
  readonly known: number
  /** Live events that arrived meanwhile, ascending. */
  readonly held: readonly StreamEvent[]
}

export type Step =
  | { readonly kind: 'deliver'; readonly events: readonly StreamEvent[]; readonly inbox: Inbox }
  | { readonly kind: 'read'; readonly after: number; readonly inbox: Inbox }
  | { readonly kind: 'wait' }

/** The inbox of a subscriber that has everything up to `after`; it has to read once before it can be live. */
export function openInbox(after: number): Inbox {
  return { sent: after, known: Number.POSITIVE_INFINITY, held: [] }
}

/** Takes in live events. Beyond `capacity` they are let go: they are known to be there and will be read. */
export function offer(inbox: Inbox, events: readonly StreamEvent[], capacity: number): Inbox {
  const from = inbox.held.at(-1)?.seq ?? inbox.sent
  const held = [...inbox.held, ...events.filter((event) => event.seq > from)]
  const known = Math.max(inbox.known, held.at(-1)?.seq ?? 0)
  return { ...inbox, known, held: held.length > capacity ? [] : held }
}

/** Notes that events up to `seq` are stored, without having them. */
export function announce(inbox: Inbox, seq: number): Inbox {
  return seq > inbox.known ? { ...inbox, known: seq } : inbox
}

/** What to do next: hand over what links, read what is missing, or wait. */
export function nextStep(inbox: Inbox): Step {
  const { sent } = inbox
  const fresh = inbox.held.filter((event) => event.seq > sent)
  const gap = fresh.findIndex((event, index) => event.seq !== sent + index + 1)
  const linked = gap === -1 ? fresh : fresh.slice(0, gap)
  const last = linked.at(-1)
  if (last !== undefined) {
    const rest = { ...inbox, sent: last.seq, held: fresh.slice(linked.length) }
    return { kind: 'deliver', events: linked, inbox: rest }
  }
  if (sent >= inbox.known) return { kind: 'wait' }
  // What is announced from now on may be younger than the rows of this reading.
  return { kind: 'read', after: sent, inbox: { ...inbox, known: sent } }
}

/** Takes in one page read after `sent`; a full one says that there may be more. */
export function fill(inbox: Inbox, page: readonly StreamEvent[], isFull: boolean): Inbox {
  const sent = page.at(-1)?.seq ?? inbox.sent
  const held = inbox.held.filter((event) => event.seq > sent)
  return { sent, held, known: isFull ? Number.POSITIVE_INFINITY : inbox.known }
}

/** Has what follows read, once more where a reading failed or something may have come since. */
export function unread(inbox: Inbox): Inbox {
  return { ...inbox, known: Number.POSITIVE_INFINITY }
}
