import type { Block } from '../text/parse-blocks.ts'

const NUMBER = /^\(?(?<number>\d{1,3})[.)]?$/u

function numberOf({ marker }: Block): number | null {
  const number = NUMBER.exec(marker.trim())?.groups?.['number']
  return number === undefined ? null : Number(number)
}

/** The block that calls a note: `working day.[4]` calls the fourth. */
function callerOf(blocks: readonly Block[], number: number): Block | undefined {
  const mark = new RegExp(String.raw`\S\[${number}\]`, 'u')
  return blocks.find(({ view }) => mark.test(view.text))
}

/**
 * The blocks of a document with its end notes as notes where they are called: a numbered list at the end each of whose
 * numbers stands in brackets in the text, as a word processor leaves them, is no list of the last section.
 */
export function placeNotes(blocks: readonly Block[]): readonly Block[] {
  const from = blocks.findLastIndex(({ kind }) => kind !== 'item') + 1
  const [before, list] = [blocks.slice(0, from), blocks.slice(from)]
  const callers = list.map((note, index) =>
    numberOf(note) === index + 1 ? callerOf(before, index + 1) : undefined,
  )
  return [
    ...before,
    ...list.map((note, index): Block => {
      const caller = callers[index]
      const isNote = caller !== undefined && callers.every((one) => one !== undefined)
      return isNote ? { ...note, kind: 'footnote', path: caller.path } : note
    }),
  ]
}
