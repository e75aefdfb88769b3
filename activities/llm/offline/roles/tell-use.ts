import type { CodeSkeleton } from '../../../roles/scaffold/scaffold.ts'
import { createQuiet } from '../../../roles/guard/quiet.ts'
import { clip } from '../draft/grounded.ts'
import type { Bench } from './bench.ts'
import type { Ban } from './code-leave.ts'
import type { Form } from './forms/form.ts'

const LONGEST_QUOTE = 400
const LONGEST_OPTION = 120

/** The rule of the course with the place it stands in; empty where words for a machine stand in it. */
function sayRule({ input }: Bench, { quote, document_id }: Ban): string {
  const words = quote.replaceAll(/\s+/g, ' ').trim()
  if (createQuiet(input.assignment?.suspicious ?? [])(words) !== words) return ''
  const name = input.documents.find((document) => document.document_id === document_id)?.name
  const where = name === undefined ? '' : ` (${name})`
  return ` The rule on AI tools: “${clip(words, LONGEST_QUOTE)}”${where}.`
}

/** Which language it is to be, asked before anything else; null where that is settled. */
export function askLanguage({ leave: { languages } }: Bench): string | null {
  if (languages.length < 2) return null
  const options = languages.map((option) => `“${clip(option.replace(/\.$/, ''), LONGEST_OPTION)}”`)
  return `First of all: which do you take, ${options.join(' or ')}? Nothing here is in a language yet.`
}

/** How to work with a sheet, and why it holds no code or no tests where only the student may write them. */
export function tellUse(bench: Bench, { use, stubs }: Form, code: CodeSkeleton | null): string {
  if (code === null) return use
  const { leave } = bench
  if (leave.code !== null) return `${use} Code and tests are yours to write.${sayRule(bench, leave.code)}`
  const declared = code.signatures.length + code.tests.length > 0 && stubs !== undefined
  const told = declared ? `${use} ${stubs}` : use
  return leave.tests === null ? told : `${told} Tests are yours to write.${sayRule(bench, leave.tests)}`
}
