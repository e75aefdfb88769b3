import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { controlFrame, eventChunks, eventFrame, repeatedEventFrame } from './frame.ts'

const event = (seq: number, message: string) => ({ event_type: 'preview', seq, message }) as StreamEvent

describe('eventFrame()', () => {
  test('is one data line and one blank line, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const frame = eventFrame(event(7, `${message}\r\n\r\n`))
        expect(frame.endsWith('\n\n')).toBe(true)
        const lines = frame.slice(0, -2).split(/\r\n|\r|\n/)
        expect(lines.map((line) => line.split(':')[0])).toEqual(['id', 'event', 'data'])
      }),
    )
  })

  test('carries the sequence number as id; a repeated event has none', () => {
    expect(eventFrame(event(7, 'x'))).toContain('id: 7\n')
    expect(repeatedEventFrame(event(7, 'x'))).not.toContain('id:')
  })
})

describe('controlFrame()', () => {
  test('has no id', () => {
    const frame = controlFrame('reconnect', 'shutdown', new Date(0))
    expect(frame).toBe('event: reconnect\ndata: {"reason":"shutdown","at":"1970-01-01T00:00:00.000Z"}\n\n')
  })
})

describe('eventChunks()', () => {
  test('joins frames in order, each text no longer than one event above the bound', () => {
    const events = Array.from({ length: 50 }, (_, index) => event(index + 1, 'm'.repeat(3_000)))
    const chunks = [...eventChunks(events)]
    expect(chunks.join('')).toBe(events.map(eventFrame).join(''))
    expect(chunks.length).toBeGreaterThan(1)
    for (const chunk of chunks) expect(chunk.length).toBeLessThan(40_000)
  })

  test('is nothing for no events', () => {
    expect([...eventChunks([])]).toEqual([])
  })
})
