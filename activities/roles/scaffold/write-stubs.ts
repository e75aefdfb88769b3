import type { Language } from './languages/language.ts'
import type { CodeSkeleton, Signature } from './scaffold.ts'

/** Words as they may stand in a comment of any language: one line, nothing that closes it or joins it to the next. */
export function commentWords(text: string, [, closing]: Language['comment']): string {
  const line = text
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // Java reads `\u` escapes in comments too, PHP leaves its comments at `?>`, Python looks for `coding:` in them.
    .replaceAll(/\\(?=u)/gu, '\\ ')
    .replaceAll('?>', '? >')
    .replaceAll(/coding(?=[:=])/giu, 'coding ')
    // A backslash at the end of a line would take the next line into the comment.
    .replace(/[\\\s]+$/u, '')
    .trim()
  if (closing === '*/') return line.replaceAll(/\*(?=\/)|\/(?=\*)/gu, (sign) => `${sign} `)
  return closing === '-->' ? line.replaceAll(/--+/gu, '–').replace(/^>|-$/u, ' ') : line
}

/** A line of words as a comment. */
export function comment(language: Language, text: string): string {
  const [open, close] = language.comment
  return `${open} ${commentWords(text, language.comment)}${close === '' ? '' : ` ${close}`}`.trimEnd()
}

function nameOf({ kind, name, parameters }: Signature): string {
  return kind === 'class' ? name : `${name}(${parameters.join(', ')})`
}

function writeSignature(language: Language, signature: Signature): readonly string[] {
  const stub = language.stub?.(signature) ?? null
  return stub === null
    ? [comment(language, `${nameOf(signature)}: named by the brief; choose its types and declare it here.`)]
    : stub
}

/** What the brief names, declared and left open, then a stub for each test; each under what it is to show. */
export function writeStubs(
  language: Language,
  { signatures, tests }: Pick<CodeSkeleton, 'signatures' | 'tests'>,
): readonly string[] {
  const blocks = [
    ...signatures.map((signature) => writeSignature(language, signature)),
    ...tests.map((test) => [comment(language, `Shows: ${test.shows}`), ...(language.test?.(test) ?? [])]),
  ]
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}
