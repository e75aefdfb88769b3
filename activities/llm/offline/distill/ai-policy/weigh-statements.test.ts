import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Statement } from './statement.ts'
import { USES } from './uses.ts'
import { weighStatements, weighVoices } from './weigh-statements.ts'

const FORCES = ['ban', 'leave', 'against', 'implied'] as const
const uses = fc.subarray([...USES]).map((list) => new Set(list))
const statement = fc.record({
  force: fc.constantFrom(...FORCES),
  uses,
  only: fc.boolean(),
  unsure: fc.boolean(),
})
const statements = fc.array(statement, { maxLength: 6 })

const say = (
  force: Statement['force'],
  named: readonly (typeof USES)[number][],
  only = false,
): Statement => ({
  force,
  uses: new Set(named),
  only,
  unsure: false,
})
const BAN = say('ban', [])
/** Silence allows what no rule forbids. */
const height = (level: number | null): number => level ?? 6

describe('weighStatements()', () => {
  test.each([
    ['silence', [], null],
    ['a ban', [BAN], 1],
    ['leave of everything', [say('leave', [])], 5],
    ['leave of two uses', [say('leave', ['ideas']), say('leave', ['edit'])], 4],
    ['a ban with a narrow leave beside it', [BAN, say('leave', ['edit'])], 4],
    ['a ban and a leave of everything', [BAN, say('leave', [])], 1],
    ['a ban and a leave to write', [BAN, say('leave', ['write'])], 1],
    ['leave of everything but writing', [say('leave', []), say('ban', ['write'])], 4],
    ['leave of ideas only beside leave of everything', [say('leave', ['ideas'], true), say('leave', [])], 2],
    ['a ban on writing alone', [say('ban', ['write'])], 2],
    ['a ban on outlining alone', [say('ban', ['outline'])], 1],
    ['a duty to disclose', [say('implied', [])], 5],
    ['a duty to disclose beside a ban on writing', [say('implied', []), say('ban', ['write'])], 4],
    [
      'leave of everything but editing, feedback named',
      [say('leave', []), say('leave', ['feedback']), say('ban', ['edit'])],
      4,
    ],
    ['a frown', [say('against', [])], 2],
    ['a frown beside a leave', [say('against', []), say('leave', [])], 5],
  ] as const)('%s comes to level %j', (_, said, level) => {
    expect(weighStatements(said).level).toBe(level)
  })

  test('does not depend on the order in which things are said', () => {
    fc.assert(
      fc.property(statements, (said) => {
        expect(weighStatements(said.toReversed()).level).toBe(weighStatements(said).level)
      }),
    )
  })

  test('allows no more once something more is banned', () => {
    fc.assert(
      fc.property(statements, uses, (said, banned) => {
        const more: Statement = { force: 'ban', uses: banned, only: false, unsure: false }
        const before = weighStatements(said).level
        expect(height(weighStatements([...said, more]).level)).toBeLessThanOrEqual(height(before))
      }),
    )
  })

  test('permits no more once something more is banned', () => {
    fc.assert(
      fc.property(statements, uses, (said, banned) => {
        const more: Statement = { force: 'ban', uses: banned, only: false, unsure: false }
        const before = weighStatements(said).permits
        const after = weighStatements([...said, more]).permits
        expect(after.plan && !before.plan).toBe(false)
      }),
    )
  })

  test('permits no feedback where it is banned, or where uses are listed without it', () => {
    const listed = [say('leave', ['outline']), say('leave', ['edit'])]
    const permits = (said: readonly Statement[]) => weighStatements(said).permits.feedback
    expect(permits(listed)).toBe(false)
    expect(permits([...listed, say('leave', [])])).toBe(false)
    expect(permits([...listed.map((one) => ({ ...one, isExample: true as const })), say('leave', [])])).toBe(
      true,
    )
    expect(permits([...listed, say('leave', ['feedback']), say('ban', ['edit', 'write'])])).toBe(true)
    expect(permits([...listed, say('leave', ['feedback']), say('ban', ['feedback'])])).toBe(false)
  })

  test('rests every level on something that was said', () => {
    fc.assert(
      fc.property(statements, (said) => {
        const { level, deciding } = weighStatements(said)
        expect(deciding.length > 0).toBe(level !== null)
        for (const one of deciding) expect(said).toContain(one)
      }),
    )
  })
})

describe('weighVoices()', () => {
  test('lets the assignment’s own leave or ban speak alone', () => {
    expect(weighVoices([say('leave', ['ideas'])], [BAN]).level).toBe(2)
    expect(weighVoices([BAN], [say('leave', [])]).level).toBe(1)
  })

  test('hears both where the assignment only narrows or asks to disclose', () => {
    expect(weighVoices([say('ban', ['write'])], [say('leave', [])]).level).toBe(4)
    expect(weighVoices([say('implied', [])], [BAN]).level).toBe(1)
  })
})
