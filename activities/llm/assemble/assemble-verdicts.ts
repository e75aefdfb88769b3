import { judgeOffline } from '../offline/judge/judge-offline.ts'
import type { ClaimVerdict, ModelSteps } from '../port.ts'
import { nameClaim, type JudgeAnswer } from '../prompts/judge/1.0.0.ts'
import type { Assembled } from '../providers/ask-model.ts'

const LONGEST_REASON = 500

/** One verdict for every claim; where code finds another number, date or modality in the quote, no model overrules it. */
export function assembleVerdicts(
  answer: JudgeAnswer,
  { claims }: ModelSteps['judge']['input'],
): Assembled<ModelSteps['judge']['output']> {
  const given = new Map(answer.verdicts.map((verdict) => [verdict.claim, verdict]))
  const names = claims.map((_, index) => nameClaim(index))
  const missing = names.filter((name) => !given.has(name))
  if (missing.length > 0)
    return { ok: false, issues: missing.map((name) => `verdicts: there is none for claim ${name}`) }
  const byRule = new Map(judgeOffline(claims).map((verdict) => [verdict.id, verdict]))
  const verdicts = claims.map(({ id }, index): ClaimVerdict => {
    const rule = byRule.get(id)
    if (rule?.verdict === 'contradicted') return rule
    const { verdict, reason } = given.get(names[index] ?? '') ?? { verdict: 'not_found', reason: '' }
    const said = reason.trim().slice(0, LONGEST_REASON)
    return { id, verdict, reason: said === '' ? 'The model gives no reason.' : said }
  })
  return { ok: true, output: { verdicts } }
}
