import type { Signature } from '../../../roles/scaffold/scaffold.ts'

/** What a brief names of the code it asks for. */
export interface NamedCode {
  readonly files: readonly string[]
  readonly signatures: readonly Signature[]
}

const MOST = 40
const CALL =
  /(?<![\w.$:\\])(?<name>[A-Za-z_]\w{1,40})\((?<inside>[^()\n]{0,160})\)(?<after>\s*(?:->|:)\s*[\w[\]<>., ]{1,40})?/g
const NOT_CODE = new Set(
  'if while for switch return function def sizeof and or not of e.g i.e see fig figure table'.split(' '),
)
const IDENTIFIER = /^[A-Za-z_]\w*$/
// `const char *key`, `int n`: two words or more, the last of which is the name.
const TYPED_BEFORE = /^(?:[A-Za-z_][\w<>[\]]*[\s*&]+)+[*&]?(?<name>[A-Za-z_]\w*)(?:\[\])?$/
// `key: str`, `n: number = 3`
const TYPED_AFTER = /^(?<name>[A-Za-z_]\w*)\s*:\s*[\w<>[\], |&*.]+?(?:\s*=\s*[\w.'"]+)?$/
const WITH_DEFAULT = /^(?<name>[A-Za-z_]\w*)\s*=\s*[\w.'"[\]{}-]+$/
const RESULT_BEFORE =
  /(?<result>(?:\b(?:static|const|unsigned|public|private|struct)\s+)*\b[A-Za-z_][\w<>[\]]*[\s*&]+)$/
const NAMED_FUNCTION =
  /\b(?:function|method|procedure)s? (?:(?:called|named) `?|`)(?<name>[A-Za-z_]\w+)`?(?![\w(])/g
const NAMED_CLASS = /\b(?:class|struct) (?:(?:called|named) `?|`)(?<name>[A-Z]\w+)`?/g
const FILE =
  /(?<![\w./@-])(?<path>(?:[\w-]+\/)*(?:[\w-]+\.(?:py|ipynb|js|ts|java|kt|c|h|cpp|hpp|cs|go|rs|rb|php|hs|m|r|sql|html|css|md|txt|json|csv|ya?ml|toml|sh|log|tar\.gz|zip)|Makefile|Dockerfile))(?![\w/-])/g

interface Parameter {
  readonly name: string
  readonly typed: boolean
}

function readParameter(text: string): Parameter | null {
  if (IDENTIFIER.test(text)) return { name: text, typed: false }
  const bare = WITH_DEFAULT.exec(text)?.groups?.['name']
  if (bare !== undefined) return { name: bare, typed: false }
  const typed = (TYPED_BEFORE.exec(text) ?? TYPED_AFTER.exec(text))?.groups?.['name']
  return typed === undefined ? null : { name: typed, typed: true }
}

/** Parameters of a call as a brief writes it; null where what stands in the brackets is something else. */
function readParameters(inside: string): readonly Parameter[] | null {
  if (inside.trim() === '' || inside.trim() === 'void') return []
  const parameters = inside.split(',').map((text) => readParameter(text.trim()))
  const read = parameters.filter((parameter) => parameter !== null)
  return read.length === parameters.length ? read : null
}

function readCall(match: RegExpExecArray, text: string): Signature | null {
  const { name = '', inside = '', after = '' } = match.groups ?? {}
  // `source(s)`, `fsync(2)`: a plural and a page of a manual.
  if (NOT_CODE.has(name.toLowerCase()) || /^(?:e?s|ies)$/.test(inside.trim())) return null
  const parameters = readParameters(inside)
  if (parameters === null) return null
  const before = RESULT_BEFORE.exec(text.slice(Math.max(0, match.index - 60), match.index))?.groups?.[
    'result'
  ]
  const isTyped = parameters.length > 0 && parameters.every(({ typed }) => typed)
  const typed = isTyped ? `${before ?? ''}${name}(${inside})${after}`.trim() : null
  return { kind: 'function', name, parameters: parameters.map((each) => each.name), typed }
}

/** Files, functions and classes that texts name as such, in reading order, each once; nothing is made up. */
export function readNamedCode(texts: readonly string[]): NamedCode {
  // Markdown of a page puts a backslash before signs that are plain here.
  const text = texts.join('\n').replaceAll(/\\(?=[_*`[\]])/g, '')
  const calls = [...text.matchAll(CALL)].flatMap((match) => readCall(match, text) ?? [])
  const bare = [...text.matchAll(NAMED_FUNCTION)].map(({ groups }): Signature => ({
    kind: 'function',
    name: groups?.['name'] ?? '',
    parameters: [],
    typed: null,
  }))
  const classes = [...text.matchAll(NAMED_CLASS)].map(({ groups }): Signature => ({
    kind: 'class',
    name: groups?.['name'] ?? '',
    parameters: [],
    typed: null,
  }))
  // The fuller form of a name comes first and stays.
  const signatures = new Map<string, Signature>()
  for (const signature of [...classes, ...calls, ...bare]) {
    if (!signatures.has(signature.name)) signatures.set(signature.name, signature)
  }
  const files = [...text.matchAll(FILE)].map(({ groups }) => groups?.['path'] ?? '')
  return { signatures: [...signatures.values()].slice(0, MOST), files: [...new Set(files)].slice(0, MOST) }
}
