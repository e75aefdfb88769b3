import type { Requirement } from '../../../../contract/requirements.ts'
import { createQuiet, LEFT_OUT } from '../../../roles/guard/quiet.ts'
import type { RoleInput } from '../../../roles/role-input.ts'

/** What a role works from, and whether words addressed to a machine were taken out of it. */
export interface QuietInput {
  readonly input: RoleInput
  readonly left_out: boolean
}

const WORD = /\p{L}{2}/u

/** Whether anything is left of a text once what was taken out is gone. */
function saysSomething(text: string): boolean {
  return WORD.test(text.replaceAll(LEFT_OUT, ''))
}

/** The same input with the strings of a value changed; keys and everything else stay. */
function mapTexts<T>(value: T, change: (text: string) => string): T
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}

/**
 * Takes words addressed to a machine out of everything a role says again. Documents and quotes stay as they are, since
 * quotes are looked up in them; a requirement of which nothing else is left is none.
 */
export function quietInput(input: RoleInput): QuietInput {
  const quiet = createQuiet(input.assignment?.suspicious ?? [])
  let left_out = (input.assignment?.suspicious.length ?? 0) > 0
  const change = (text: string): string => {
    const after = quiet(text)
    if (after !== text.trim()) left_out = true
    return after
  }
  const requirements = input.requirements
    .map((requirement): Requirement => ({ ...requirement, statement: change(requirement.statement) }))
    .filter(({ statement }) => saysSomething(statement))
  const { subject, assignment } = input
  return {
    input: {
      ...input,
      requirements,
      subject: {
        ...mapTexts(subject, change),
        target_paths: subject.target_paths,
        requirement_ids: subject.requirement_ids,
      },
      assignment:
        assignment === null
          ? null
          : {
              ...mapTexts(assignment, change),
              ai_policy: assignment.ai_policy,
              suspicious: assignment.suspicious,
              due_at: assignment.due_at,
            },
      criteria: mapTexts(input.criteria, change),
      earlier: mapTexts(input.earlier, change),
      results: mapTexts(input.results, change),
      sent_back: mapTexts(input.sent_back, change),
    },
    left_out,
  }
}
