import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'

export interface Message {
  readonly id: number | undefined
  readonly event: string
  readonly data: Record<string, unknown>
}

/** Reads server-sent events as the HTML standard says: a message counts once its blank line has arrived. */
export class MessageParser {
  #rest = Buffer.alloc(0)

  push(bytes: Buffer): Message[] {
    const all = Buffer.concat([this.#rest, bytes])
    const end = all.lastIndexOf('\n\n')
    if (end === -1) {
      this.#rest = all
      return []
    }
    this.#rest = all.subarray(end + 2)
    const blocks = all.subarray(0, end).toString('utf8').split('\n\n')
    return blocks.map(parseBlock).filter((message) => message !== undefined)
  }
}

function parseBlock(block: string): Message | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)] as const
    }),
  )
  const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
  if (event === undefined || data === undefined) return undefined
  return { id: id === undefined ? undefined : Number(id), event, data: JSON.parse(data) }
}

interface Reading {
  readonly headers?: OutgoingHttpHeaders
  /** Cuts the connection after so many bytes of the body, mid-frame or not. */
  readonly cutAfterBytes?: number
  /** Reads nothing until `resume` is called. */
  readonly paused?: boolean
}

/** A client's end of one stream. */
export class StreamReader implements Disposable {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** All messages so far. */
  readonly messages: Message[] = []
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>
  readonly #answer: IncomingMessage
  #changed = Promise.withResolvers<void>()
  #isClosed = false

  constructor(answer: IncomingMessage, { cutAfterBytes = Number.POSITIVE_INFINITY, paused }: Reading) {
    this.#answer = answer
    this.status = answer.statusCode ?? 0
    this.headers = answer.headers
    const parser = new MessageParser()
    let left = cutAfterBytes
    answer.on('data', (bytes: Buffer) => {
      if (left <= 0) return
      this.messages.push(...parser.push(bytes.subarray(0, left)))
      left -= bytes.length
      if (left <= 0) answer.destroy()
      this.#notify()
    })
    if (paused) answer.pause()
    // A cut connection is what these tests are about.
    answer.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      answer.on('close', () => {
        this.#isClosed = true
        this.#notify()
        resolve()
      })
    })
  }

  /** Messages that are stored events. */
  get events(): Message[] {
    return this.messages.filter(({ data }) => 'seq' in data)
  }

  get seqs(): number[] {
    return this.events.map(({ data }) => Number(data['seq']))
  }

  /** The id a client would send as Last-Event-ID. */
  get lastId(): number | undefined {
    return this.messages.findLast(({ id }) => id !== undefined)?.id
  }

  resume(): void {
    this.#answer.resume()
  }

  /** Waits until the messages so far fulfil a condition; throws when the stream ends before. */
  async until(isEnough: (reader: this) => boolean): Promise<this> {
    while (!isEnough(this)) {
      if (this.#isClosed) throw new Error(`ended after ${JSON.stringify(this.messages.slice(-3))}`)
      await this.#changed.promise
    }
    return this
  }

  async untilSeq(seq: number): Promise<this> {
    return this.until(({ messages }) => messages.some(({ data }) => data['seq'] === seq))
  }

  async untilMessage(event: string): Promise<Message> {
    await this.until(({ messages }) => messages.some((message) => message.event === event))
    const found = this.messages.find((message) => message.event === event)
    if (found === undefined) throw new Error(`no ${event}`)
    return found
  }

  [Symbol.dispose](): void {
    this.#answer.destroy()
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

/** Opens a stream on a connection of its own. */
export async function openStream(url: string, reading: Reading = {}): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const options = { headers: reading.headers ?? {}, agent: false }
    get(url, options, (answer) => resolve(new StreamReader(answer, reading))).on('error', reject)
  })
}

/** Opens a stream as a client does that has had everything up to an id. */
export async function resumeStream(url: string, lastId: number | undefined, reading: Reading = {}) {
  const headers = lastId === undefined ? {} : { 'Last-Event-ID': String(lastId) }
  return openStream(url, { ...reading, headers })
}

/** Lets everything else on this machine go on, for loops that wait for what has no event of its own. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2))
}
