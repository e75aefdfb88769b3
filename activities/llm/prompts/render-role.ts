import { prepare } from '../offline/roles/prepare.ts'
import { cutText } from '../../../contract/text.ts'
import type { RoleDocument, RoleInput } from '../../roles/role-input.ts'
import { renderData, renderInstructions, renderMark, type Prompt, type RenderedPrompt } from './prompt.ts'

const MOST_DOCUMENT_CHARACTERS = 60_000
const MOST_FILE_CHARACTERS = 40_000

/** The documents a role reads, under the names it knows them by; what Canvas states stands in the requirements. */
export function nameRoleDocuments({ documents }: RoleInput): ReadonlyMap<string, RoleDocument> {
  const texts = documents.filter(({ kind }) => kind !== 'canvas' && kind !== 'rubric')
  return new Map(texts.map((document, index) => [`D${index + 1}`, document]))
}

/** Items of a list under names: C1, C2 … */
export function nameItems<T>(letter: string, items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item, index) => [`${letter}${index + 1}`, item]))
}

const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join('\n')

/** Data under its name; nothing where there is none. */
function some(mark: string, name: string, text: string): readonly string[] {
  return text === '' ? [] : [renderData(mark, name, text)]
}

// Documents share what room there is in their order; quotes are looked up in the whole of them.
function renderDocuments(mark: string, input: RoleInput): readonly string[] {
  let room = MOST_DOCUMENT_CHARACTERS
  return [...nameRoleDocuments(input)].flatMap(([name, { kind, name: title, text }]) => {
    const shown = cutText(text, room)
    room -= shown.length
    return shown === '' ? [] : [renderData(mark, name, `${JSON.stringify({ kind, title })}\n\n${shown}`)]
  })
}

/** What of its input a role is shown beside the task itself. */
export interface Shown {
  readonly documents?: boolean
  readonly files?: boolean
  /** The success criteria of the plan, under the names C1, C2 … */
  readonly criteria?: readonly string[]
  readonly more?: readonly (readonly [name: string, text: string])[]
}

/**
 * What a role works from: first what all tasks of an assignment share, so that a provider may keep it, then the task.
 * Words addressed to a machine are taken out of everything but the documents, which are marked as data.
 */
export function renderRoleInput(given: RoleInput, mark: string, shown: Shown): readonly string[] {
  const { input } = prepare(given).bench
  const { assignment, subject, sent_back } = input
  const { title, genre, objective, hard_constraints, quality_bar, due_at, open_questions } = assignment ?? {}
  const about = { title, genre, objective, hard_constraints, quality_bar, due_at, open_questions }
  const { requirement_ids: _ids, aim: _aim, ...task } = subject
  const requirements = input.requirements.map(({ id, kind, modality, statement, evidence }) => ({
    id,
    kind,
    modality,
    statement,
    quote: evidence[0]?.quote ?? '',
  }))
  const rubric = [...nameItems('K', input.criteria)].map(([name, { description, long_description }]) => ({
    name,
    description,
    long_description,
  }))
  const criteria = [...nameItems('C', shown.criteria ?? [])].map(([name, text]) => ({ name, text }))
  const files = input.files.map(({ path, body }) =>
    renderData(mark, 'FILE', `${JSON.stringify({ path })}\n\n${cutText(body, MOST_FILE_CHARACTERS)}`),
  )
  return [
    renderMark(mark),
    ...(assignment === null ? [] : [renderData(mark, 'ASSIGNMENT', JSON.stringify(about))]),
    renderData(mark, 'REQUIREMENTS', lines(requirements)),
    ...some(mark, 'RUBRIC', lines(rubric)),
    ...(shown.documents === true ? renderDocuments(mark, given) : []),
    renderData(mark, 'TASK', JSON.stringify(task)),
    ...some(mark, 'EARLIER', lines(input.earlier)),
    ...(shown.more ?? []).flatMap(([name, text]) => some(mark, name, text)),
    ...some(mark, 'CRITERIA', lines(criteria)),
    ...(shown.files === true ? files : []),
    ...(sent_back === null ? [] : [renderData(mark, 'SENT_BACK', JSON.stringify(sent_back))]),
  ]
}

/** How a role is asked: its instructions, which never change, then what it works from, then the question. */
export function defineRolePrompt<A>(
  about: Pick<Prompt<RoleInput, A>, 'id' | 'version' | 'schema'> & {
    readonly task: string
    readonly show: (input: RoleInput) => Shown
    readonly question: string
  },
): Prompt<RoleInput, A> {
  const { id, version, schema, task, show, question } = about
  // Spelling a schema out costs more than all the rest of a prompt, and is always the same.
  let instructions: string | undefined
  return {
    id,
    version,
    schema,
    render: (input, mark): RenderedPrompt => {
      instructions ??= renderInstructions(id, task, schema)
      return { instructions, prompt: [...renderRoleInput(input, mark, show(input)), question].join('\n\n') }
    },
  }
}
