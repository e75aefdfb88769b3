import type { Block, TextBlock } from './lay-out.ts'
import type { Language } from './languages/language.ts'
import type { CodeSkeleton } from './scaffold.ts'
import { comment, writeStubs } from './write-stubs.ts'

const BLANK = '________'

const declares = ({ signatures, tests }: CodeSkeleton): boolean => signatures.length + tests.length > 0

function writeCode(language: Language, code: CodeSkeleton): readonly string[] {
  const say = (text: string) => comment(language, text)
  return [
    ...(code.files.length === 0
      ? []
      : [say('==== Files the brief names ===='), ...code.files.map((file) => say(`[ ] ${file}`)), '']),
    ...(declares(code)
      ? [say('==== Stubs: each is yours to write ===='), '', ...writeStubs(language, code)]
      : code.names.length === 0
        ? []
        : [say('==== Names the brief gives ===='), ...code.names.map((name) => say(`[ ] ${name}`))]),
  ]
}

const SAID: { readonly [K in TextBlock['kind']]: (text: string) => string } = {
  title: (text) => text,
  heading: (text) => `==== ${text} ====`,
  section: (text) => `==== ${text} ====`,
  line: (text) => text,
  item: (text) => `- ${text}`,
  box: (text) => `[ ] ${text}`,
  slot: (text) => `- ${text}: ${BLANK}`,
}

function writeBlock(language: Language, block: Block): readonly string[] {
  const say = (text: string) => comment(language, text)
  if (block.kind === 'code') return ['', ...writeCode(language, block.code)]
  if (block.kind === 'table') {
    return block.rows.map((cells) =>
      say(block.columns.map((column, at) => `${column}: ${cells[at] || BLANK}`).join(' | ')),
    )
  }
  const said = say(SAID[block.kind](block.text))
  if (block.kind === 'section') return ['', ...(language.section?.(block.name) ?? []), said]
  return block.kind === 'heading' ? ['', said] : [said]
}

/** Writes a scaffold into a file of a language: words as comments, declarations that do nothing yet as code. */
export function writeCommented(blocks: readonly Block[], language: Language, name: string): string {
  const { mark = [] } = language
  // Where only its writer may write code, nothing stands around the words either.
  const isCode = blocks.every((block) => block.kind !== 'code' || declares(block.code))
  const { head = [], open, close = [], indent = '' }: Partial<Language> = isCode ? language : {}
  const inner = blocks.flatMap((block) => writeBlock(language, block))
  const moved = inner.map((line) => (line === '' ? '' : indent + line))
  return `${[...mark, ...head, ...(open?.(name) ?? []), ...moved, ...close].join('\n').trimEnd()}\n`
}
