import { describe, expect, test } from 'vitest'

import { loadPassages } from './policies/load-passages.ts'
import { confusionTable, scorePassages } from './policies/score-passages.ts'

// Floors, just under what the rules reach; raise them when the rules get better. policies/README.md says what each set
// was worth when it was first read.
const SETS = loadPassages().map((set) => ({ name: set.name, set, score: scorePassages(set) }))
const DEV_FLOOR = 0.97
const HELD_OUT_FLOOR = 0.9

const reads = SETS.flatMap(({ score }) => score.reads)
const described = (list: typeof reads): readonly string[] =>
  list.map(({ passage, level }) => `${passage.id}: marked ${passage.level}, read ${level}`)

describe('what courses say about AI', () => {
  test('the marked passages are many, half of them held out, of every level and of silence', () => {
    const heldOut = SETS.filter(({ name }) => name !== 'dev').flatMap(({ set }) => set.passages)
    expect(reads.length).toBeGreaterThanOrEqual(300)
    expect(heldOut.length).toBeGreaterThan(reads.length / 2)
    for (const level of [null, 1, 2, 3, 4, 5])
      expect(heldOut.filter((passage) => passage.level === level).length).toBeGreaterThanOrEqual(15)
  })

  test.each(SETS)('$name: is read as a person reads it', ({ name, score }) => {
    const floor = name === 'dev' ? DEV_FLOOR : HELD_OUT_FLOOR
    expect({ right: score.accuracy >= floor, table: confusionTable(score) }).toMatchObject({ right: true })
  })

  test('no student is denied help by a passage that forbids nothing of the kind, but for one', () => {
    const denied = reads.filter(({ passage, level }) => level === 1 && passage.level !== 1)
    expect(described(denied).slice(1)).toEqual([])
  })

  test('hardly any ban goes unread, and none becomes a leave', () => {
    const bans = reads.filter(({ passage }) => passage.level === 1)
    const missed = bans.filter(({ level }) => level === null)
    const allowed = bans.filter(({ level }) => level !== null && level > 2)
    expect(described(missed).slice(Math.floor(bans.length * 0.04))).toEqual([])
    expect(described(allowed)).toEqual([])
  })

  test('the level rests on the words a person would point at', () => {
    const misquoted = SETS.flatMap(({ score }) => score.misquoted)
    expect(misquoted.length / reads.length).toBeLessThanOrEqual(0.03)
  })

  test('a duty to cite or disclose AI is kept as a rule of conduct', () => {
    expect(reads.flatMap(({ passage, lost }) => lost.map((words) => `${passage.id}: ${words}`))).toEqual([])
  })

  test('what is unclear is asked, and hardly anything else is', () => {
    const unclear = reads.filter(({ passage }) => passage.unclear)
    const clear = reads.filter(({ passage }) => !passage.unclear)
    expect(unclear.filter(({ asks }) => asks).length / unclear.length).toBeGreaterThanOrEqual(0.85)
    expect(clear.filter(({ asks }) => asks).length / clear.length).toBeLessThanOrEqual(0.04)
  })
})
