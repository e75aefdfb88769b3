import { z } from 'zod'

import { DocumentRefusal, DocumentWarning, PageSpan } from '../../../contract/document.ts'
import type { ChildEnd } from './run-child.ts'

const READY = 'ready\n'

const ChildAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    text: z.string(),
    pages: z.array(PageSpan),
    warnings: z.array(DocumentWarning),
    truncated: z.boolean(),
  }),
  z.strictObject({ ok: z.literal(false), code: DocumentRefusal, detail: z.string() }),
])

export type ChildAnswer = z.infer<typeof ChildAnswer>

/** The sandbox itself could not run: says nothing about the document, so the next try may succeed. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable'
}

/** Decides what the end of a child means for its document; throws SandboxUnavailable when it never got to it. */
export function judgeEnd(end: ChildEnd): ChildAnswer {
  const output = requireStarted(end)
  if (end.killedFor === 'time' || end.signal === 'SIGXCPU') return refuse('PARSE_TIMEOUT', end)
  if (end.killedFor !== null) return refuse('PARSE_MEMORY', end)
  return parseAnswer(output) ?? refuse(isMemoryDeath(end) ? 'PARSE_MEMORY' : 'CORRUPT', end)
}

/** What a child wrote after it had started; throws SandboxUnavailable if it never did. */
export function requireStarted(end: ChildEnd): string {
  if (end.output.startsWith(READY)) return end.output.slice(READY.length)
  throw new SandboxUnavailable(`The document reader did not start (${describeEnd(end)}): ${end.stderr}`)
}

function refuse(code: DocumentRefusal, end: ChildEnd): ChildAnswer {
  const reason = /^.*FATAL ERROR.*$/m.exec(end.stderr)?.[0] ?? ''
  return { ok: false, code, detail: `${describeEnd(end)} ${reason.slice(0, 200)}`.trim() }
}

function describeEnd(end: ChildEnd): string {
  if (end.killedFor !== null) return `killed for ${end.killedFor}`
  return end.signal === null ? `exit ${end.exitCode ?? 'unknown'}` : end.signal
}

function parseAnswer(output: string): ChildAnswer | null {
  try {
    const answer = ChildAnswer.safeParse(JSON.parse(output))
    return answer.success ? answer.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** V8 aborts or traps when an allocation fails; the kernel's own killer sends SIGKILL. */
function isMemoryDeath({ exitCode, signal, stderr }: ChildEnd): boolean {
  if (signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL' || signal === 'SIGKILL') return true
  return exitCode === 134 || exitCode === 133 || /heap out of memory|allocation fail/i.test(stderr)
}
