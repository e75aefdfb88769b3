import { toSlug } from '../../../contract/slug.ts'
import { toCamel } from './languages/language.ts'
import { languageOf } from './languages/languages.ts'
import { layOut } from './lay-out.ts'
import type { Scaffold } from './scaffold.ts'
import { writeCommented } from './write-commented.ts'
import { writeBib, writeCsv, writeJson } from './write-data.ts'
import { writeMarkdown } from './write-markdown.ts'

/** The extension of a path in lower case; empty where it has none. */
export function extensionOf(path: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}

/** Whether a file of this extension has no room for words: they stand beside it then. */
export function isBare(extension: string): boolean {
  return extension === 'csv' || extension === 'json'
}

/** The name of the file as an identifier that begins with a capital. */
function identifierOf(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  const words = toSlug(base.replace(/^\d+-/, '')).replaceAll('-', '_')
  return toCamel(`_${words === '' ? 'scaffold' : words}`).replace(/^(?=\d)/, 'S')
}

/** Writes a scaffold in the format of the file it is for. */
export function writeScaffold(scaffold: Scaffold, path: string): string {
  const extension = extensionOf(path)
  if (extension === 'csv') return writeCsv(scaffold)
  if (extension === 'json') return writeJson(scaffold)
  const language = languageOf(extension)
  const blocks = layOut(scaffold, language === null && extension !== 'bib')
  if (extension === 'bib') return writeBib(blocks, scaffold)
  return language === null ? writeMarkdown(blocks) : writeCommented(blocks, language, identifierOf(path))
}
