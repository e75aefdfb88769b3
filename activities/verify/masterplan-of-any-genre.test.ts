import fc from 'fast-check'
import { expect, test } from 'vitest'

import { deriveMasterplan } from '../../contract/masterplan/derive-masterplan.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import { anyAssignment } from './examples/any-assignment.ts'

test('a plan of any genre gives a masterplan in which every piece of work writes a file of its own', () => {
  fc.assert(
    fc.property(anyAssignment, (input) => {
      const { plan } = draftOffline(input)
      const derivation = deriveMasterplan(plan, input.distilled.genre)
      const phases = derivation.kind === 'derived' ? derivation.masterplan.phases : []
      expect(phases.map(({ milestones }) => milestones.length)).toEqual([2, plan.milestones.length, 1])
      const work = phases[1]?.milestones.flatMap(({ tasks }) => tasks) ?? []
      const files = new Set(work.flatMap(({ target_files }) => target_files))
      expect(files.size).toBe(plan.milestones.flatMap(({ tasks }) => tasks).length)
    }),
    { numRuns: 60 },
  )
})
