import type { PhaseResult } from '../../../../contract/phase-results.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { arrangeParts } from '../../offline/roles/arrange.ts'
import { part } from '../../offline/roles/forms/form.ts'
import { prepare } from '../../offline/roles/prepare.ts'
import type { ArrangeAnswer } from '../../prompts/q-assistant/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { createRoleBench } from './role-bench.ts'
import { issuesOf, keep, refuse, sift } from './sift.ts'

const MOST_PARTS = 20
const LEAST_PARTS = 2
const MOST_NAME = 10
const MOST_PURPOSE = 30
const MOST_STRATEGY = 80

/**
 * A plan with a model's parts: shares are dealt out by code so that they add up, and criteria, requirements and
 * timeline are the rules' own, so that none can be left out.
 */
export function assemblePlanning(
  answer: ArrangeAnswer,
  input: RoleInput,
): Assembled<PhaseResult<'planning'>> {
  const { refusalOf } = createRoleBench(input)
  const names = new Set<string>()
  const parts = sift('components', answer.components, MOST_PARTS, ({ name, purpose, share }) => {
    const plain = name.trim().replaceAll(/\s+/g, ' ')
    const why = refusalOf(plain, MOST_NAME) ?? refusalOf(purpose, MOST_PURPOSE)
    if (why !== null) return refuse(why)
    if (/[:()]/.test(plain)) return refuse('its name has a colon or a bracket')
    if (names.has(plain.toLowerCase())) return refuse('another has the same name')
    names.add(plain.toLowerCase())
    const weight = Number.isFinite(share) ? Math.max(0, share) : 0
    return keep(part(plain, purpose.trim().replaceAll(/\s+/g, ' '), { weight }))
  })
  const why = refusalOf(answer.test_strategy, MOST_STRATEGY)
  const strategy = { kept: [], refused: why === null ? [] : [`test_strategy: ${why}`] }
  const issues = issuesOf([parts, strategy])
  if (issues !== null) return { ok: false, issues }
  if (parts.kept.length < LEAST_PARTS)
    return { ok: false, issues: [`components: at least ${LEAST_PARTS} are needed`, ...parts.refused] }
  const prepared = prepare(input)
  return {
    ok: true,
    output: arrangeParts(prepared, parts.kept, why === null ? answer.test_strategy.trim() : null),
  }
}
