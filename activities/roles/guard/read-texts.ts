import { parseJson } from '../../../contract/parse-json.ts'
import { languageOf } from '../scaffold/languages/languages.ts'
import type { Language } from '../scaffold/languages/language.ts'
import { extensionOf } from '../scaffold/write-scaffold.ts'

/** What stands in an artefact: words a person reads, and lines a machine runs. */
export interface ArtefactTexts {
  readonly words: readonly string[]
  readonly code: readonly string[]
}

const MARKS = /^\s*(?:#{1,6}\s+|>\s*|(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)*/
const ESCAPED = /\\(?=[!-/:-@[-`{-~])/g

const unmarked = (line: string): string => line.replace(MARKS, '').replaceAll(ESCAPED, '').trim()

/** Comments and code of lines in a language. */
function readCode(lines: readonly string[], { comment: [open, close] }: Language): ArtefactTexts {
  const words: string[] = []
  const code: string[] = []
  let inside = false
  for (const line of lines) {
    let rest = line.trim()
    while (rest !== '') {
      const at = inside ? 0 : rest.indexOf(open)
      if (at < 0) {
        code.push(rest)
        break
      }
      if (at > 0) code.push(rest.slice(0, at).trim())
      const said = rest.slice(inside ? 0 : at + open.length)
      const end = close === '' ? said.length : said.indexOf(close)
      words.push(end < 0 ? said : said.slice(0, end))
      inside = end < 0
      rest = end < 0 ? '' : said.slice(end + close.length).trim()
    }
  }
  return { words: words.map((text) => unmarked(text)), code }
}

/** Cells of a row of Markdown; the line itself where it is none. */
function cellsOf(line: string): readonly string[] {
  return /^\s*\|.*\|\s*$/.test(line) ? line.split(/(?<!\\)\|/) : [line]
}

function readMarkdown(lines: readonly string[]): ArtefactTexts {
  const words: string[] = []
  const code: string[] = []
  let fence: Language | 'unknown' | null = null
  let fenced: string[] = []
  const close = () => {
    const read = fence === null || fence === 'unknown' ? { words: [], code: fenced } : readCode(fenced, fence)
    words.push(...read.words)
    code.push(...read.code)
    fenced = []
    fence = null
  }
  for (const line of lines) {
    const mark = /^\s*(?:```|~~~)(?<language>\w*)/.exec(line)
    if (mark !== null && fence === null) fence = languageOf(mark.groups?.['language'] ?? '') ?? 'unknown'
    else if (mark !== null) close()
    else if (fence !== null) fenced.push(line)
    else words.push(...cellsOf(line).map(unmarked))
  }
  close()
  return { words, code }
}

/** All texts of a JSON file; the file itself where it is none. */
function readJson(body: string): readonly string[] {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        texts.push(key)
        walk(item)
      }
  }
  const value = parseJson(body)
  if (value === undefined) return [body]
  walk(value)
  return texts
}

/** Takes an artefact apart by its format: words without their marks, and code. */
export function readTexts(path: string, body: string): ArtefactTexts {
  const lines = body.split('\n')
  const extension = extensionOf(path)
  if (extension === 'csv') return { words: lines.flatMap((line) => line.split(/[,;\t]/)), code: [] }
  if (extension === 'json') return { words: readJson(body), code: [] }
  if (extension === 'bib') return { words: lines.map((line) => line.replace(/^%\s*/, '')), code: [] }
  const language = languageOf(extension)
  const { words, code } = language === null ? readMarkdown(lines) : readCode(lines, language)
  return { words: words.filter((text) => text.trim() !== ''), code: code.filter((line) => line !== '') }
}
