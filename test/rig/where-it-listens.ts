// The port of each server is the system's choice: one looked up beforehand may be taken before it is listened on.
export const ANY_PORT = '0'

const lineOf = (log: string, message: string): string | undefined =>
  log.split('\n').find((line) => line.includes(`"${message}"`))

/** Where an API listens, by its log. */
export function originOfApi(log: string): string | undefined {
  return /"address":"([^"]+)"/.exec(lineOf(log, 'the API listens') ?? '')?.[1]
}

/** Where a worker answers for its health, by its log. */
export function originOfWorker(log: string): string | undefined {
  const port = /"port":(\d+)/.exec(lineOf(log, 'the worker takes work') ?? '')?.[1]
  return port === undefined ? undefined : `http://127.0.0.1:${port}`
}
