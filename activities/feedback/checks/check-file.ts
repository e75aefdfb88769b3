import type { ParsedKind } from '../../../contract/document.ts'
import { met, notAssessed, notMet, type Check, type ReadWork, type Said } from './rule-check.ts'

const ENDINGS: readonly (readonly [form: RegExp, ending: string, kind: ParsedKind | null])[] = [
  [/\bPDFs?\b|\.pdf\b/iu, 'pdf', 'pdf'],
  [/\b(?:Word|docx)\b|\.docx?\b/iu, 'docx', 'docx'],
  [/\.txt\b|\bplain text\b/iu, 'txt', 'text'],
  [/\.md\b|\bMarkdown\b/iu, 'md', 'markdown'],
  [/\.html?\b|\bHTML\b/u, 'html', 'html'],
  [/\.pptx?\b|\bPowerPoint\b/iu, 'pptx', null],
  [/\.zip\b|\bzip (?:file|archive)\b/iu, 'zip', null],
]

const IS_A: Readonly<Record<ParsedKind, string>> = {
  pdf: 'a PDF',
  docx: 'a Word file',
  html: 'a web page',
  text: 'plain text',
  markdown: 'Markdown',
}

function judge(
  { submission }: ReadWork,
  endings: readonly string[],
  kinds: readonly (ParsedKind | null)[],
): Said {
  const asked = endings.map((ending) => `.${ending}`).join(' or ')
  const { file } = submission
  if (file === null)
    return notAssessed(`Text was sent and no file. When you hand in, the file has to be ${asked}.`)
  if (kinds.includes(file.kind)) return met(`The file is ${IS_A[file.kind]}.`)
  return notMet(`The file is ${IS_A[file.kind]}; ${asked} is asked for. Save it so before you hand in.`)
}

/** Checks the type of the file where a rule names one. */
export const checkFileType: Check = ({ kind, statement, modality }, work) => {
  if ((kind !== 'submission' && kind !== 'format') || modality === 'may' || modality === 'must_not')
    return null
  const named = ENDINGS.filter(([form]) => form.test(statement))
  if (named.length === 0) return null
  return judge(
    work,
    named.map(([, ending]) => ending),
    named.map(([, , of]) => of),
  )
}

/** What Canvas itself takes of files, held against the one that was sent; null where there is nothing to say. */
export function checkAllowedExtensions(allowed: readonly string[], work: ReadWork): Said | null {
  const { file } = work.submission
  if (allowed.length === 0 || file === null) return null
  const endings = allowed.map((ending) => ending.replace(/^\./u, '').toLowerCase())
  const kinds = endings.flatMap((ending) =>
    ENDINGS.filter(([, known]) => known === ending).map(([, , kind]) => kind),
  )
  const named = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  if (endings.includes(named)) return met(`Canvas takes files ending in .${named}.`)
  return judge(work, endings, kinds)
}
