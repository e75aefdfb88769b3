import { foldWords } from '../../../roles/guard/known-words.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { ReleaseDecision } from '../../../roles/role-output.ts'
import { releaseOffline } from '../../offline/roles/release.ts'
import type { ReleaseAnswer } from '../../prompts/release-manager/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { createRoleBench } from './role-bench.ts'

const MOST_WORDS = 45

/** The rules' decision with a model's veto, which has to point to words of the report or the tests. */
export function assembleRelease(answer: ReleaseAnswer, input: RoleInput): Assembled<ReleaseDecision> {
  const rules = releaseOffline(input)
  if (!rules.release) return { ok: true, output: rules }
  const why = createRoleBench(input).refusalOf(answer.note, MOST_WORDS)
  if (why !== null) return { ok: false, issues: [`note: ${why}`] }
  const note = answer.note.trim()
  if (answer.release) return { ok: true, output: { release: true, note } }
  const { testing, verification } = input.results
  const said = foldWords(JSON.stringify([testing, verification]))
  const quoted = foldWords(answer.quote)
  return quoted === '' || !said.includes(quoted)
    ? { ok: false, issues: ['quote: it stands neither in REPORT nor in TESTS, letter by letter'] }
    : { ok: true, output: { release: false, note } }
}
