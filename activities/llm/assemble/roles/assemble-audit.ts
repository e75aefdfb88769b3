import type { PhaseResult } from '../../../../contract/phase-results.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { concludeAudit, listChecks } from '../../offline/roles/audit.ts'
import type { Check } from '../../offline/roles/checks/check.ts'
import { criteriaOf, searchArtefact } from '../../offline/roles/checks/check-places.ts'
import { nameItems } from '../../prompts/render-role.ts'
import type { AuditAnswer } from '../../prompts/test-auditor/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { createRoleBench } from './role-bench.ts'
import { issuesOf, keep, refuse, sift } from './sift.ts'

const MOST_WORDS = 45

/**
 * The rules' checks with a model's veto: what code found wrong stays wrong, a place a model points to has to stand in a
 * file, and a criterion it finds missing fails whatever code found. Criteria it passes over stay as the rules say.
 */
export function assembleAudit(answer: AuditAnswer, input: RoleInput): Assembled<PhaseResult<'testing'>> {
  const { refusalOf } = createRoleBench(input)
  const criteria = nameItems('C', criteriaOf(input))
  const files = input.files.map(searchArtefact)
  const verdicts = sift('verdicts', answer.verdicts, criteria.size, ({ criterion, place, note, verdict }) => {
    const text = criteria.get(criterion.trim())
    const why = refusalOf(note, MOST_WORDS)
    if (text === undefined) return refuse('it names no criterion')
    if (why !== null) return refuse(why)
    if (verdict === 'placed' && (place.trim() === '' || !files.some(({ holds }) => holds(place))))
      return refuse('its place stands in no FILE, letter by letter')
    return keep([text, { note: note.trim(), verdict }] as const)
  })
  const missing = [...criteria.keys()].filter(
    (name) => !answer.verdicts.some(({ criterion }) => criterion.trim() === name),
  )
  const issues = issuesOf([verdicts])
  if (issues !== null || missing.length > criteria.size / 2)
    return { ok: false, issues: issues ?? missing.map((name) => `verdicts: there is none for ${name}`) }
  const told = new Map(verdicts.kept)
  const checks = listChecks(input).map((check): Check => {
    const verdict = told.get(check.criterion)
    if (verdict === undefined || !check.passed) return check
    if (verdict.verdict === 'missing') return { ...check, passed: false, note: verdict.note }
    return { ...check, note: `${check.note} ${verdict.note}` }
  })
  return { ok: true, output: concludeAudit(checks) }
}
