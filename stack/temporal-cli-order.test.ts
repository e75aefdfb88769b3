import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CliSource, firstProgram, sourcesToAsk } from './temporal-cli-order.ts'

const ALL = sourcesToAsk(undefined)

describe('sourcesToAsk()', () => {
  test('goes from the nearest to the slowest', () => {
    expect(ALL).toEqual(['path', 'cache', 'download', 'go'])
  })

  test('asks nobody else when a program was named', () => {
    expect(sourcesToAsk('/opt/temporal')).toEqual(['named'])
    expect(sourcesToAsk('')).toEqual(ALL)
  })
})

describe('firstProgram()', () => {
  test('takes the first source that has one and asks none after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...ALL], { minLength: 1 }), async (having) => {
        const asked: CliSource[] = []
        const program = await firstProgram(ALL, async (source) => {
          asked.push(source)
          return having.includes(source) ? { program: source } : { refused: 'no' }
        })
        expect(program).toBe(having[0])
        expect(asked).toEqual(ALL.slice(0, ALL.findIndex((source) => source === program) + 1))
      }),
    )
  })

  test('lists everything that was tried, and the three ways to help', async () => {
    const failing = firstProgram(ALL, async (source) => ({ refused: `because of ${source}` }))
    const { message } = (await failing.catch((thrown: Error) => thrown)) as Error
    for (const source of ALL) expect(message).toContain(`because of ${source}`)
    for (const way of ['TEMPORAL_ADDRESS', 'WAYMARK_TEMPORAL_CLI', 'install Go'])
      expect(message).toContain(way)
  })
})
