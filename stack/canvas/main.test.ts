import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { ask } from './ask.ts'

test('runs as a process of its own and ends when told to', async () => {
  const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname], {
    env: {
      ...process.env,
      SANDBOX_CANVAS_PORT: '0',
      SANDBOX_CANVAS_FILES_PORT: '0',
      SANDBOX_CANVAS_NOW: '2026-03-02T15:00:00Z',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const [origin, files] = line.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []
    expect(origin).not.toBe(files)
    const essay = await ask(`${origin}/api/v1/courses/2101/assignments/5101`)
    expect(JSON.parse(essay.text)).toMatchObject({ due_at: '2026-03-19T03:59:59Z' })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await exit).toEqual([0, null])
})
