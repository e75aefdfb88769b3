import type { ParsedKind } from '../../../contract/document.ts'
import { lacking, met, notAssessed, type Check, type ReadWork, type Said } from './rule-check.ts'

const ENDINGS: readonly (readonly [form: RegExp, ending: string, kind: ParsedKind | null])[] = [
  [/\bPDFs?\b|(?<![\p{L}\p{N}])\.pdf\b/iu, 'pdf', 'pdf'],
  [
    /\b(?:Microsoft|MS) Word\b|\bWord\b(?! (?:counts?|limit|length|choice|order|bank)|['’]s)|\bdocx\b|(?<![\p{L}\p{N}])\.docx?\b/u,
    'docx',
    'docx',
  ],
  [/(?<![\p{L}\p{N}])\.txt\b|\bplain[- ]text file\b/iu, 'txt', 'text'],
  [/(?<![\p{L}\p{N}])\.md\b|\bMarkdown\b/iu, 'md', 'markdown'],
  [/(?<![\p{L}\p{N}])\.html?\b|\bHTML\b/u, 'html', 'html'],
  [/(?<![\p{L}\p{N}])\.pptx?\b|\bPowerPoint\b/iu, 'pptx', null],
  [/(?<![\p{L}\p{N}])\.zip\b|\bzip (?:file|archive)\b/iu, 'zip', null],
  [/(?<![\p{L}\p{N}])\.(?:rtf|odt|pages|tex)\b|\b(?:RTF|ODT|LaTeX)\b/u, 'another type', null],
]
const HANDS_IN =
  /\b(?:submit\w*|upload\w*|hand(?:ed)? in|turn(?:ed)? in|save[ds]?|export\w*|file(?:s| type| format)?|sav(?:e|ed) as|deliver\w*|attach\w*|convert\w*|format(?:ted)? as|as (?:an? |one )?(?:single )?(?:PDF|Word))\b/iu
const NOT_A_TYPE =
  /\b(?:links? to (?:your|the|a)|repository|repo|README|heading styles?|template|readings?|handouts?|available|posted|download\w*)\b/iu
const AND_MORE =
  /\b(?:and|plus|as well as|together with)\b|,\s*(?:or )?(?:similar|equivalent|any other)|\be\.g\.|\bsuch as\b/iu

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
  isAll: boolean,
): Said {
  const asked = endings.map((ending) => (ending.includes(' ') ? ending : `.${ending}`)).join(' or ')
  const { file } = submission
  if (file === null)
    return notAssessed(`Text was sent and no file. When you hand in, the file has to be ${asked}.`)
  if (kinds.includes(file.kind)) return met(`The file is ${IS_A[file.kind]}.`)
  const said = `The file is ${IS_A[file.kind]}; ${asked} is asked for.`
  if (!isAll) return notAssessed(`${said} Check that each part is handed in as its own type.`)
  // A draft may be of any type, so that a part of the work lacks nothing.
  return lacking(`${said} Save it so before you hand in.`)
}

/** Checks the type of the file where a rule names one. */
export const checkFileType: Check = ({ kind, statement, modality }, work) => {
  if ((kind !== 'submission' && kind !== 'format') || modality === 'may' || modality === 'must_not')
    return null
  if (NOT_A_TYPE.test(statement) || !HANDS_IN.test(statement)) return null
  const named = ENDINGS.filter(([form]) => form.test(statement))
  if (named.length === 0) return null
  const kinds = named.map(([, , of]) => of)
  return judge(
    work,
    named.map(([, ending]) => ending),
    kinds,
    !AND_MORE.test(statement),
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
  return judge(work, endings, kinds, true)
}
