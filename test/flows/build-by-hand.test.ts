import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Build } from '../rig/build.ts'
import { startRig, type Rig } from '../rig/rig.ts'

const page = await readFile(fileURLToPath(new URL('../../docs/build-by-hand.md', import.meta.url)), 'utf8')

/** The blocks of the page in one language. */
function blocksOf(wanted: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
  return blocks.flatMap(([, language, text = '']) => (language === wanted ? [text] : []))
}

/** What a block of commands hands in, in its order. */
function advancesIn(block = ''): readonly object[] {
  return [...block.matchAll(/^advance '([^']*)'/gm)].map(([, body = '']) => JSON.parse(body) as object)
}

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

describe('the page on a build by hand', () => {
  const [whole, ...failing] = blocksOf('sh')

  test('leads to a release, through the states it prints', async () => {
    const build = await Build.start(await rig.student(null))
    const led: string[] = []
    for (const body of advancesIn(whole)) {
      const answer = await build.call('POST', '/advance', body)
      expect([answer.status, answer.body.errors]).toEqual([200, undefined])
      led.push(answer.body.new_state)
    }
    expect(led).toEqual(blocksOf('')[0]?.trim().split('\n'))
    expect((await build.status()).status).toBe('complete')
  })

  test('shows the first answer as it is, but for its id and its time', async () => {
    const build = await Build.start(await rig.student(null))
    const { body } = await build.call('POST', '/advance', advancesIn(whole)[0])
    const shown = JSON.parse(blocksOf('json')[0] ?? '')
    const own = { workflow_id: build.id }
    const { handoff_timestamp } = body.handoff_data
    expect(body).toEqual({
      ...shown,
      ...own,
      handoff_data: { ...shown.handoff_data, ...own, handoff_timestamp },
    })
  })

  test('stops a build with the reason and the code it gives, and takes it up again', async () => {
    const build = await Build.start(await rig.student(null))
    const [stop, recover] = failing.flatMap(advancesIn)
    expect((await build.call('POST', '/advance', stop)).body.new_state).toBe('error')
    expect((await build.status()).last_error).toMatchObject({
      code: 'NO_TEXT',
      message: 'The brief is a scan without text.',
    })
    expect((await build.call('POST', '/advance', recover)).body.new_state).toBe('discovery')
  })
})
