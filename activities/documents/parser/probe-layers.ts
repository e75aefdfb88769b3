import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'

/** What the process could still do, as found by trying. */
export interface ProbedLayers {
  readonly files: 'blocked' | 'open'
  readonly processes: 'blocked' | 'open'
  readonly network: 'blocked' | 'open'
}

/** Tries to read a foreign file, to start a program and to reach loopback. */
export async function probeLayers(): Promise<ProbedLayers> {
  return {
    files: await isDenied(() => readFile(new URL('../sandbox.ts', import.meta.url))),
    processes: await isDenied(async () => execFile(process.execPath, ['--version']).kill()),
    network: await probeNetwork(),
  }
}

async function isDenied(attempt: () => Promise<unknown>): Promise<'blocked' | 'open'> {
  try {
    await attempt()
    return 'open'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED'
      ? 'blocked'
      : 'open'
  }
}

async function probeNetwork(): Promise<'blocked' | 'open'> {
  const code = await new Promise<string>((resolve) => {
    try {
      const socket = connect({ host: '127.0.0.1', port: 9, timeout: 1000 })
      const settle = (code: string) => {
        socket.destroy()
        resolve(code)
      }
      socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? ''))
      socket.once('connect', () => settle('CONNECTED'))
      socket.once('timeout', () => settle('ETIMEDOUT'))
    } catch (error) {
      resolve(error instanceof Error && 'code' in error ? String(error.code) : '')
    }
  })
  // A refusal means the packet got as far as a host: only an unreachable network is closed to us.
  return code === 'ENETUNREACH' || code === 'ERR_ACCESS_DENIED' ? 'blocked' : 'open'
}
