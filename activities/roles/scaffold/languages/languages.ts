import type { Language } from './language.ts'
import { MARKUP } from './markup.ts'
import { SCRIPTS } from './scripts.ts'
import { TYPED } from './typed.ts'

const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({ ...SCRIPTS, ...TYPED, ...MARKUP }),
)

/** How a file of this extension is written; null where it is none of a language that has comments. */
export function languageOf(extension: string): Language | null {
  return LANGUAGES.get(extension) ?? null
}
