import { readOperatorConfig } from '../config/env.ts'
import { Problem } from '../contract/problem.ts'

const TIMEOUT_MS = 30_000

/** What the API refused or could not be asked; the message says what to do. */
export class NotSteered extends Error {
  override readonly name = 'NotSteered'
}

async function post(path: string, body: object): Promise<Response> {
  const { WAYMARK_API, WAYMARK_TOKEN } = readOperatorConfig()
  const headers = { authorization: `Bearer ${WAYMARK_TOKEN.reveal()}`, 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal }
  try {
    return await fetch(new URL(path, WAYMARK_API), init)
  } catch (cause) {
    const words = `The API at ${WAYMARK_API} does not answer. Is it running, and is WAYMARK_API its address?`
    throw new NotSteered(words, { cause })
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    const words = `What answers at ${response.url} is no Waymark API: it sent no JSON. Look at WAYMARK_API.`
    throw new NotSteered(words, { cause })
  }
}

/** Asks the API for a change in the operator's name, and answers what it says. Throws NotSteered, ConfigError. */
export async function askApi(path: string, reason: string | undefined): Promise<unknown> {
  const response = await post(path, reason === undefined ? {} : { reason })
  const answer = await readJson(response)
  if (response.ok) return answer
  const words =
    Problem.safeParse(answer).data?.detail ?? `The API answered ${response.status}. Look into its log.`
  const { origin } = new URL(response.url)
  const whose = `Asked was ${origin}: where that is another installation, set WAYMARK_API.`
  throw new NotSteered(response.status === 401 ? `${words} ${whose}` : words)
}
