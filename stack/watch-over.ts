import { spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

let caretaker: Writable | undefined

/** Has a process ended by `signal` should this one die, even of SIGKILL; the answer takes that back. */
export function watchOver(pid: number, signal: 'SIGTERM' | 'SIGINT'): () => void {
  caretaker ??= startCaretaker()
  const notes = caretaker
  notes.write(`+ ${pid} ${signal}\n`)
  return () => void notes.write(`- ${pid}\n`)
}

// One a process: it lives as long as this process does, so nobody owns it and nobody stops it.
function startCaretaker(): Writable {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./caretaker.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.unref()
  const { stdin } = child
  // A caretaker that was killed is no reason to end the stack: it is the second line of defence.
  stdin.on('error', () => (caretaker = undefined))
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  return stdin
}
