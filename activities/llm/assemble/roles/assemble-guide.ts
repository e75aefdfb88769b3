import { createArtefactGuard } from '../../../roles/guard/guard-artefact.ts'
import { knownWords } from '../../../roles/guard/known-words.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Drafted } from '../../../roles/role-output.ts'
import { part } from '../../offline/roles/forms/form.ts'
import { prepareGuide, writeGuide } from '../../offline/roles/guide.ts'
import type { GuideAnswer } from '../../prompts/q-assistant/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { readPart } from './read-parts.ts'
import { createRoleBench } from './role-bench.ts'
import { issuesOf, keep, refuse, sift } from './sift.ts'

const MOST_PARTS = 12
const MOST_NAME = 12
const MOST_ISSUES = 12

/** A guide of a model's questions, each with words that stand in a source or with none; code writes the file. */
export function assembleGuide(answer: GuideAnswer, input: RoleInput): Assembled<Drafted> {
  const bench = createRoleBench(input)
  const guide = prepareGuide(input)
  const parts = sift('parts', answer.parts, MOST_PARTS, (given) => {
    const name = given.name.trim().replaceAll(/\s+/g, ' ')
    const why = bench.refusalOf(name, MOST_NAME)
    if (why !== null) return refuse(why)
    const rules = guide.parts.find((each) => each.name.toLowerCase() === name.toLowerCase())
    const plan = rules ?? { ...part(name, ''), amount: null, requirement_ids: [] }
    return keep(readPart(name, given, plan, bench))
  })
  const issues = issuesOf([parts, ...parts.kept.flatMap(({ sifted }) => sifted)])
  const useful = parts.kept.map(({ part }) => part).filter(({ asks }) => asks.length > 0)
  if (issues !== null || useful.length === 0)
    return { ok: false, issues: issues ?? ['parts: none of them has a question that can be used'] }
  const drafted = writeGuide(guide, useful, 'model')
  const guard = createArtefactGuard(knownWords(input))
  const faults = guard(drafted.path, drafted.body).map(({ text, why }) => `“${text}”: ${why}`)
  return faults.length > 0
    ? { ok: false, issues: faults.slice(0, MOST_ISSUES) }
    : { ok: true, output: drafted }
}
