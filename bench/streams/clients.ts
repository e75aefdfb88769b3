// A process full of clients, apart from the API so that their cost is not measured as its own.
import { connect } from 'node:net'

import { now, type Answer, type Arrival, type Order } from './messages.ts'

const OPENING_AT_ONCE = 50
const HEAD_END = '\r\n\r\n'
// A snapshot has an id as well, and is no event.
const STORED_EVENT = /^id: (\d+)\nevent: (?!snapshot)/gm

const arrivals: Arrival[] = []
let open = 0

/** Opens one stream on a bare socket; resolves to the status line once the head is there. */
function openStream(order: Extract<Order, { kind: 'open' }>, stream: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(order.port, order.host)
  let isOpen = false
  let rest = ''
  socket.setEncoding('latin1')
  socket.on('connect', () => {
    const head = [
      `GET ${order.paths[stream]} HTTP/1.1`,
      `Host: ${order.host}:${order.port}`,
      `Authorization: Bearer ${order.token}`,
      'Accept: text/event-stream',
    ]
    socket.write(head.join('\r\n') + HEAD_END)
  })
  socket.on('data', (text: string) => {
    const at = now()
    rest += text
    if (!isOpen) {
      const end = rest.indexOf(HEAD_END)
      if (end === -1) return
      const status = rest.slice(0, rest.indexOf('\r\n'))
      rest = rest.slice(end + HEAD_END.length)
      isOpen = true
      open += 1
      resolve(status)
    }
    const last = rest.lastIndexOf('\n\n')
    if (last === -1) return
    for (const [, seq] of rest.slice(0, last).matchAll(STORED_EVENT)) arrivals.push([stream, Number(seq), at])
    rest = rest.slice(last + 2)
  })
  socket.on('error', (error) => resolve(error.message))
  socket.on('close', () => {
    if (isOpen) open -= 1
    resolve('closed before an answer')
  })
  return promise
}

async function openAll(order: Extract<Order, { kind: 'open' }>): Promise<Answer> {
  const refused: string[] = []
  let next = 0
  const openSome = async () => {
    while (next < order.paths.length) {
      const status = await openStream(order, next++)
      if (!status.startsWith('HTTP/1.1 200')) refused.push(status)
    }
  }
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openSome))
  return { kind: 'opened', open, refused: refused.slice(0, 5) }
}

async function carryOut(order: Order): Promise<Answer> {
  return order.kind === 'open' ? openAll(order) : { kind: 'arrivals', arrivals, open }
}

process.on('message', (order: Order) => {
  void carryOut(order).then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit())
