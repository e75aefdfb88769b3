import fc from 'fast-check'
import { expect, test } from 'vitest'

import { Plan } from '../../contract/plan.ts'
import { Distilled } from '../../contract/requirements.ts'
import { findCircularTasks } from '../../contract/execution/task-graph.ts'
import { draftOffline } from '../llm/offline/draft/draft-offline.ts'
import { anyAssignment } from './examples/any-assignment.ts'
import { verifyPlan } from './verify-plan.ts'

// Whatever comes out of reading an assignment, the plan drawn from it is whole and passes its own check.

test('a plan of any genre has its shape, hangs together, answers every requirement and covers every criterion', () => {
  fc.assert(
    fc.property(anyAssignment, ({ documents, ...input }) => {
      expect(Distilled.safeParse(input.distilled).error).toBeUndefined()
      const { plan, links } = draftOffline(input)

      expect(Plan.safeParse(plan).error).toBeUndefined()
      const tasks = plan.milestones.flatMap((milestone) => milestone.tasks)
      expect(findCircularTasks(tasks)).toEqual([])
      expect(plan.milestones.length).toBeGreaterThanOrEqual(3)
      expect(plan.milestones.length).toBeLessThanOrEqual(6)
      for (const milestone of plan.milestones) {
        expect(milestone.tasks.length).toBeGreaterThanOrEqual(2)
        expect(milestone.tasks.length).toBeLessThanOrEqual(5)
      }
      expect(plan.risks.length).toBeGreaterThanOrEqual(3)
      // Six of the work, one of what is said about AI, one of text that is not for the student.
      expect(plan.risks.length).toBeLessThanOrEqual(8)
      const linked = new Set(links.flatMap(({ requirement_ids }) => requirement_ids))
      expect(input.distilled.requirements.filter(({ id }) => !linked.has(id))).toEqual([])

      const { findings, evidence } = verifyPlan({
        plan,
        links,
        distilled: input.distilled,
        documents,
        context: input.context,
      })
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
      expect(evidence.every(({ match }) => match === 'exact')).toBe(true)
    }),
    { numRuns: 150, seed: 20261121 },
  )
})
