import { describe, expect, test } from 'vitest'

import { bindLogger, createLogger } from './logger.ts'
import { Secret } from './secret.ts'

const CANARY = '7236~CanaryCanaryCanaryCanary'

function recorder() {
  const lines: string[] = []
  return { lines, destination: { write: (line: string) => void lines.push(line) } }
}

const failing = (message: string, cause?: unknown) => new Error(message, { cause })

const SHAPES: [string, (log: ReturnType<typeof createLogger>) => void][] = [
  ['a value nested four deep', (log) => log.info({ a: { b: { c: { d: { api_key: CANARY } } } } }, 'x')],
  [
    'a value of no known shape under a secret key',
    (log) => log.info({ a: { b: { c: { Token: 'CanaryX' } } } }),
  ],
  ['a message', (log) => log.info(`called with ${CANARY}`)],
  ['a formatted message', (log) => log.info('called with %s and %j', CANARY, { k: CANARY })],
  [
    'a header in another case',
    (log) => log.info({ req: { headers: { Authorization: 'Bearer CanaryCanary' } } }),
  ],
  ['the text of an error', (log) => log.error(failing(`refused ${CANARY}`))],
  ['an error under another key', (log) => log.error({ error: failing(`refused ${CANARY}`) }, 'x')],
  ['a URL', (log) => log.info({ url: `https://canvas.school.edu/f?access_token=CanaryCanary&page=2` })],
  ['an array', (log) => log.info({ rawHeaders: ['authorization', 'Bearer CanaryCanary', [CANARY]] })],
  ['a chain of causes', (log) => log.error({ err: failing('a', failing('b', failing(`c ${CANARY}`))) })],
  ['a binding of a child', (log) => log.child({ deep: { er: { key: CANARY } } }).info('x')],
  ['a Secret', (log) => log.info({ key: new Secret(CANARY) }, 'key %s', new Secret(CANARY))],
]

describe('createLogger()', () => {
  for (const pretty of [false, true]) {
    test.each(SHAPES)(`hides the canary in %s (pretty: ${pretty})`, (_name, write) => {
      const { lines, destination } = recorder()
      write(createLogger({ level: 'info', name: 'api', pretty, destination }))
      expect(lines.join('')).not.toBe('')
      expect(lines.join('')).not.toMatch(/canary[a-z]/i)
      expect(lines.join('')).toContain('[secret]')
    })
  }

  test('writes one JSON line with level by name, ISO time and no host or process id', () => {
    const { lines, destination } = recorder()
    createLogger({ level: 'info', name: 'worker', destination }).warn({ stage: 'draft_plan' }, 'slow')
    const [line = ''] = lines
    expect(JSON.parse(line)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      name: 'worker',
      stage: 'draft_plan',
      msg: 'slow',
    })
  })

  test('keeps the chain of causes readable', () => {
    const { lines, destination } = recorder()
    createLogger({ level: 'info', name: 'api', destination }).error(failing('outer', failing('inner')))
    expect(JSON.parse(lines.join(''))).toMatchObject({
      err: { message: 'outer', cause: { message: 'inner' } },
    })
  })

  test('stays silent below its level', () => {
    const { lines, destination } = recorder()
    createLogger({ level: 'warn', name: 'api', destination }).info('x')
    expect(lines).toEqual([])
  })
})

describe('bindLogger()', () => {
  test('puts the given ids on every line and leaves out the absent ones', () => {
    const { lines, destination } = recorder()
    const log = createLogger({ level: 'info', name: 'api', destination })
    bindLogger(log, { request_id: 'r1', job_id: undefined, workflow_id: 'w1' }).info('x')
    expect(JSON.parse(lines.join(''))).toMatchObject({ request_id: 'r1', workflow_id: 'w1' })
    expect(lines.join('')).not.toContain('job_id')
  })
})
