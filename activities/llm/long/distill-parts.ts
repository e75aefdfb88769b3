import type { ModelSteps, SourceDocument } from '../port.ts'
import { namePart, nameDocuments, readPart, type DistillAnswer } from '../prompts/distill/1.0.0.ts'
import { splitText } from './split-text.ts'

type Input = ModelSteps['distill']['input']

/** A part of a question, and how its answer reads as an answer to the whole. */
export interface Part<I, A> {
  readonly input: I
  readonly relabel: (answer: A) => A
}

interface Piece {
  readonly name: string
  readonly document: SourceDocument
  readonly from: number
  readonly to: number
}

function piecesOf(documents: readonly SourceDocument[], most: number): readonly Piece[] {
  return [...nameDocuments(documents)].flatMap(([name, document]) =>
    splitText(document.text, most).map(({ start, end }) => ({ name, document, from: start, to: end })),
  )
}

/** Pieces in their order, as many together as fit. */
function packed(pieces: readonly Piece[], most: number): readonly (readonly Piece[])[] {
  const packs: Piece[][] = []
  let room = 0
  for (const piece of pieces) {
    const size = piece.to - piece.from
    const open = packs.at(-1)
    if (open !== undefined && size <= room) open.push(piece)
    else packs.push([piece])
    room = (open !== undefined && size <= room ? room : most) - size
  }
  return packs
}

function sliceOf({ document, from, to }: Piece): SourceDocument {
  if (from === 0 && to === document.text.length) return document
  return {
    ...document,
    name: `${document.name} (characters ${from} to ${to})`,
    text: document.text.slice(from, to),
    pages: [],
  }
}

function toPart(input: Input, pieces: readonly Piece[], index: number): Part<Input, DistillAnswer> {
  const documents = pieces.map(sliceOf)
  const places = new Map([...nameDocuments(documents).keys()].map((name, at) => [name, pieces[at]] as const))
  const placed = <Q extends { readonly document: string }>(quoted: Q): Q => {
    // A part that was halved names a stretch of its own stretch.
    const part = readPart(quoted.document)
    const piece = places.get(part?.name ?? quoted.document)
    if (piece === undefined) return quoted
    const [from, to] = part === null ? [0, piece.to - piece.from] : [part.from, part.to]
    return { ...quoted, document: namePart(piece.name, piece.from + from, piece.from + to) }
  }
  return {
    input: { ...input, documents },
    relabel: (answer) => ({
      ...answer,
      requirements: answer.requirements.map((found) => ({
        ...placed(found),
        alternative_group: found.alternative_group === null ? null : `${index}/${found.alternative_group}`,
      })),
      suspicious: answer.suspicious.map(placed),
      ai_policy: { ...answer.ai_policy, quotes: answer.ai_policy.quotes.map(placed) },
    }),
  }
}

/** The documents in parts of at most so many characters, cut between sections. */
export function splitDistill(input: Input, most: number): readonly Part<Input, DistillAnswer>[] {
  return packed(piecesOf(input.documents, most), most).map((pieces, index) => toPart(input, pieces, index))
}

const STRICTEST_FIRST = ['no_ai', 'ideas', 'outlining', 'editing_and_feedback', 'free', 'none_said'] as const

/** One answer of the answers to all parts: everything that was found, and the strictest policy. */
export function joinDistilled(answers: readonly [DistillAnswer, ...DistillAnswer[]]): DistillAnswer {
  const [first] = answers
  const levels = answers.map(({ ai_policy }) => ai_policy.level)
  const genres = Map.groupBy(answers, ({ genre }) => genre)
  const [most] = [...genres].toSorted(([, a], [, b]) => b.length - a.length)
  return {
    requirements: answers.flatMap(({ requirements }) => requirements),
    suspicious: answers.flatMap(({ suspicious }) => suspicious),
    ai_policy: {
      quotes: answers.flatMap(({ ai_policy }) => ai_policy.quotes),
      level: STRICTEST_FIRST.find((level) => levels.includes(level)) ?? 'none_said',
    },
    open_questions: [...new Set(answers.flatMap(({ open_questions }) => open_questions))],
    objective: first.objective,
    genre: most?.[0] ?? first.genre,
  }
}
