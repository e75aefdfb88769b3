import { beforeAll, describe, expect, test } from 'vitest'

import type { Distilled } from '../../../contract/requirements.ts'
import { createSandbox } from '../../documents/sandbox.ts'
import { repairPlan } from '../../verify/repair-plan.ts'
import { distillOffline } from '../offline/distill/index.ts'
import { draftOffline } from '../offline/draft/draft-offline.ts'
import { ESSAY_NOW } from '../offline/draft/examples/essay-assignment.ts'
import { createBuilder, type BuiltAssignment } from './build-assignment.ts'
import { INJECTED_CASES } from './cases.ts'
import type { Format } from './injected-case.ts'
import { cleanHandout } from './write-handout.ts'

const REPORT = /text addressed to a machine/
const FORMATS = ['markdown', 'pdf', 'docx'] as const

function planOf({ context, documents }: BuiltAssignment) {
  const distilled = distillOffline({ context, documents })
  const draft = draftOffline({ context, distilled, now: ESSAY_NOW, rejection_reason: null })
  const { given, findings } = repairPlan({ ...draft, distilled, documents, context }, [])
  return { distilled, plan: given.plan, errors: findings.filter(({ severity }) => severity === 'error') }
}

/** What is asked, without where it stands: an order moves what follows it. */
function asked({ requirements, dates, ai_policy, genre, objective, open_questions }: Distilled) {
  return {
    requirements: requirements.map((requirement) => ({ ...requirement, evidence: [] })),
    dates: dates.map(({ text, iso_date, agrees_with_canvas }) => ({ text, iso_date, agrees_with_canvas })),
    level: ai_policy.level,
    genre,
    objective,
    open_questions,
  }
}

let build: ReturnType<typeof createBuilder>
const clean = new Map<Format, ReturnType<typeof planOf>>()

beforeAll(async () => {
  build = createBuilder(await createSandbox())
  for (const format of FORMATS) clean.set(format, planOf(await build({ attachment: cleanHandout(format) })))
})

test('the cases are many, and each has a word of its own', () => {
  expect(INJECTED_CASES.length).toBeGreaterThanOrEqual(50)
  expect(new Set(INJECTED_CASES.map(({ canary }) => canary)).size).toBe(INJECTED_CASES.length)
  for (const { plan, distilled } of clean.values()) {
    expect(distilled.suspicious).toEqual([])
    for (const { canary } of INJECTED_CASES) expect(JSON.stringify(plan).toLowerCase()).not.toContain(canary)
  }
})

describe('rules that read an injected document', () => {
  test.each(INJECTED_CASES)(
    '$title: the plan is that of the clean document, and the order is reported',
    async (one) => {
      const { canary, reported, format = 'markdown', planted } = one
      const base = clean.get(format)
      const { distilled, plan, errors } = planOf(await build(planted))
      expect(distilled.suspicious.map(({ quote }) => quote).join('\n')).toContain(reported)
      expect(asked(distilled)).toEqual(base && asked(base.distilled))
      const risks = plan.risks.filter(({ risk }) => !REPORT.test(risk))
      expect(plan.risks.length - risks.length).toBe(1)
      expect({ ...plan, risks }).toEqual(base?.plan)
      expect(JSON.stringify(plan).toLowerCase()).not.toContain(canary.toLowerCase())
      expect(errors).toEqual([])
    },
  )
})
