import { createWordsGuard, sayWhy, type GuardWords } from '../../feedback/guard-words.ts'
import { foldWords } from './known-words.ts'
import { LEFT_OUT, speaksToMachine } from './quiet.ts'
import { readTexts } from './read-texts.ts'
import { workingLines } from './working-code.ts'

/** Why something may not stand in an artefact. */
export interface Breach {
  readonly of: NonNullable<ReturnType<GuardWords>> | 'machine' | 'code' | 'script'
  /** The words themselves, for whoever is to mend them. */
  readonly text: string
  readonly why: string
}

const SCRIPT =
  /<\s*(?:script|iframe|object|embed|img|form|link|style)\b|\bjavascript:|\bon(?:load|error|click)\s*=/i
const LONGEST_SHOWN = 160

const breach = (of: Breach['of'], text: string, why: string): Breach => ({
  of,
  text: text.slice(0, LONGEST_SHOWN),
  why,
})

// `Due: …`, `Recommended: …`, `Brief.pdf: …`, `Brief.pdf, p. 2: …`
const LABEL = /^(?<label>(?:p\. (?=\d)|[^:.!?]|\.(?=\S)){1,60}): (?<rest>.+)$/su
// What a sheet on a program puts in brackets: `kvlog <directory>`.
// Elements that change how the rest of a page is read are none.
const PLACEHOLDER =
  /<(?!(?:plaintext|svg|math|meta|base|title|textarea|xmp|no(?:script|embed|frames)|template|select|body|head|html|frameset)\b)[a-z][\w .-]{0,40}>/giu

/** What is left of a line once words of a source are gone: its label before them, or where they stand behind them. */
function takeKnownOut(words: string, isKnown: (words: string) => boolean): readonly string[] {
  if (isKnown(words)) return []
  const { label, rest } = LABEL.exec(words)?.groups ?? {}
  if (label !== undefined && rest !== undefined) {
    const left = takeKnownOut(rest, isKnown)
    if (left.length !== 1 || left[0] !== rest) return isKnown(label) ? left : [label, ...left]
  }
  for (const { index } of words.matchAll(/ \(/g)) {
    if (isKnown(words.slice(0, index)))
      return takeKnownOut(words.slice(index + 2).replace(/\)$/, ''), isKnown)
  }
  return [words]
}

/** Judges words a role says, one line at a time. */
export type JudgeWords = (words: string) => Breach | null

/**
 * The guard over everything the roles say: no run of more than twelve words of prose that could be handed in and stands
 * in no source, no wording to take over, no grade, no invented quotation, no link or script, nothing addressed to a
 * machine. Words that stand in a source as they are pass, but for the last two.
 */
export function createWordsJudge(known: readonly string[]): JudgeWords {
  const guard = createWordsGuard({ work: known.join('\n'), documents: [LEFT_OUT] })
  const everything = ` ${known.map(foldWords).join(' ')} `
  const isKnown = (words: string): boolean => {
    const folded = foldWords(words)
    return folded === '' || everything.includes(` ${folded} `)
  }
  // As the source has it, letter by letter, it is no markup of whoever made the artefact.
  const asWord = (placeholder: string): string =>
    known.some((text) => text.includes(placeholder)) ? placeholder.slice(1, -1) : placeholder
  return (words) => {
    if (SCRIPT.test(words))
      return breach('script', words, 'it holds something that a browser would run or load')
    if (speaksToMachine(words)) return breach('machine', words, 'it is addressed to a machine')
    for (const piece of takeKnownOut(words, isKnown)) {
      const reason = guard(piece.replaceAll(PLACEHOLDER, asWord))
      if (reason !== null) return breach(reason, piece, sayWhy(reason))
    }
    return null
  }
}

/** Judges a whole artefact by its format: its words by the guard, its code by whether it does anything. */
export function createArtefactGuard(
  known: readonly string[],
): (path: string, body: string) => readonly Breach[] {
  const judge = createWordsJudge(known)
  return (path, body) => {
    const { words, code } = readTexts(path, body)
    return [
      ...words.flatMap((text) => judge(text) ?? []),
      ...workingLines(code).map((line) =>
        breach('code', line, 'it is code that does something, and so a part of the solution'),
      ),
    ]
  }
}
