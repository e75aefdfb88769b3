import { parseJson } from '../../../../../contract/parse-json.ts'
import { readTexts } from '../../../../roles/guard/read-texts.ts'
import { languageOf } from '../../../../roles/scaffold/languages/languages.ts'
import { extensionOf } from '../../../../roles/scaffold/write-scaffold.ts'

const PAIRS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])
const OPENING = new Set(PAIRS.values())
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g
const TAG = /<(?<end>\/?)(?<name>[A-Za-z][\w:-]*)(?:\s[^<>]*)?(?<self>\/?)>/g
const VOID = new Set(['meta', 'br', 'hr', 'link', 'input', 'img'])

/** Whether brackets open and close in order; what stands in strings does not count. */
function findBracketFault(code: string): string | null {
  const open: string[] = []
  for (const sign of code.replaceAll(STRING, '""')) {
    if (OPENING.has(sign)) open.push(sign)
    const wanted = PAIRS.get(sign)
    if (wanted !== undefined && open.pop() !== wanted) return `a “${sign}” closes nothing.`
  }
  const left = open.at(-1)
  return left === undefined ? null : `a “${left}” is never closed.`
}

function findTagFault(markup: string): string | null {
  const open: string[] = []
  for (const { groups } of markup.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(TAG)) {
    const { end, name = '', self } = groups ?? {}
    if (self === '/' || VOID.has(name)) continue
    if (end !== '/') open.push(name)
    else if (open.pop() !== name) return `</${name}> closes nothing.`
  }
  const left = open.at(-1)
  return left === undefined ? null : `<${left}> is never closed.`
}

function findJsonFault(body: string): string | null {
  return parseJson(body) === undefined ? 'it is no JSON.' : null
}

/** The cells of each row of a CSV (RFC 4180); null where a quotation mark is never closed. */
function readCsv(body: string): readonly (readonly string[])[] | null {
  const CELL = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r?\n|$)/gy
  const rows: string[][] = [[]]
  while (CELL.lastIndex < body.length) {
    const found = CELL.exec(body)?.groups
    if (found === undefined) return null
    rows.at(-1)?.push(found['quoted']?.replaceAll('""', '"') ?? found['plain'] ?? '')
    if (found['end'] !== ',' && CELL.lastIndex < body.length) rows.push([])
  }
  return rows
}

function findCsvFault(body: string): string | null {
  const rows = readCsv(body)
  if (rows === null) return 'a quotation mark is out of place.'
  const [header = [], ...others] = rows
  if (header.some((name) => name.trim() === '')) return 'a column has no name.'
  if (new Set(header).size < header.length) return 'two columns have the same name.'
  return others.every((row) => row.length === header.length) ? null : 'a row has another number of columns.'
}

function findMarkdownFault(body: string): string | null {
  if ((body.match(/^\s*(?:```|~~~)/gm) ?? []).length % 2 === 1) return 'a code fence is never closed.'
  return findBracketFault(readTexts('x.md', body).code.join('\n'))
}

/** What breaks the rules of a file's format, as far as code can tell; null where nothing does. */
export function findSyntaxFault(path: string, body: string): string | null {
  const extension = extensionOf(path)
  if (extension === 'json') return findJsonFault(body)
  if (extension === 'csv') return findCsvFault(body)
  if (extension === 'bib') return findBracketFault(body.replaceAll(/^%.*$/gm, ''))
  if (['html', 'xml', 'svg'].includes(extension)) return findTagFault(body)
  if (languageOf(extension) === null) return findMarkdownFault(body)
  return findBracketFault(readTexts(path, body).code.join('\n'))
}
