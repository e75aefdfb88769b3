import type { CanvasClient } from '../canvas/client.ts'

/** A run's way to Canvas: the key is opened here, just before the call, and goes nowhere else. */
export interface CanvasAccess {
  /** A client for the student's own Canvas; throws RunFailure when no key is stored or it cannot be opened. */
  connect(userId: string, signal: AbortSignal): Promise<CanvasClient>
}
