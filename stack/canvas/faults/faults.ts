import {
  faultMatches,
  faultSchema,
  type Fault,
  type FaultKind,
  type FaultOf,
  type FaultRequest,
  type Seen,
} from './fault.ts'

interface Armed {
  readonly fault: Fault
  met: number
}

/** The faults switched on right now, with their counts. */
export class Faults {
  #armed: Armed[] = []

  /** Switches faults on, on top of those that already are; throws a ZodError on an unknown one. */
  add(...requests: FaultRequest[]): void {
    this.#armed.push(...requests.map((request) => ({ fault: faultSchema.parse(request), met: 0 })))
  }

  /** Switches every fault off. */
  clear(): void {
    this.#armed = []
  }

  /** The faults still on, with the number of requests each has matched. */
  list(): (Fault & { met: number })[] {
    return this.#armed.filter((armed) => !spent(armed)).map(({ fault, met }) => ({ ...fault, met }))
  }

  /** The first fault of a kind that meets this request, counted as met; null when there is none. */
  take<Kind extends FaultKind>(
    kind: Kind,
    seen: Seen,
    accepts: (fault: FaultOf<Kind>) => boolean = () => true,
  ): FaultOf<Kind> | null {
    for (const armed of this.#armed) {
      if (!isKind(armed.fault, kind) || spent(armed) || !faultMatches(armed.fault, seen)) continue
      if (!accepts(armed.fault)) continue
      armed.met += 1
      if (armed.met > armed.fault.after) return armed.fault
    }
    return null
  }
}

function spent({ fault, met }: Armed): boolean {
  return fault.times !== undefined && met >= fault.after + fault.times
}

function isKind<Kind extends FaultKind>(fault: Fault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind
}
