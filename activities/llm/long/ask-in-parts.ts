import { ModelFailure } from '../providers/failures.ts'
import type { Part } from './distill-parts.ts'

/** How a question that is too long for a model is taken in parts. */
export interface InParts<I, A> {
  readonly split: (input: I, mostCharacters: number) => readonly Part<I, A>[]
  readonly join: (answers: readonly [A, ...A[]]) => A
  /** Asks one part. */
  readonly ask: (input: I) => Promise<A>
}

// A part of less than about a page says nothing any more.
const LEAST_CHARACTERS = 2_000
const AT_ONCE = 3

/** Whether a model could not take a question for its length. */
export const isTooLong = (error: unknown): boolean =>
  error instanceof ModelFailure && error.kind === 'context_length'

async function askPart<I, A>(ways: InParts<I, A>, part: Part<I, A>, most: number): Promise<readonly A[]> {
  try {
    return [part.relabel(await ways.ask(part.input))]
  } catch (error) {
    if (!isTooLong(error) || most / 2 < LEAST_CHARACTERS) throw error
    const halves = await askAll(ways, part.input, most / 2)
    return halves.map(part.relabel)
  }
}

async function askAll<I, A>(ways: InParts<I, A>, input: I, most: number): Promise<readonly A[]> {
  const parts = ways.split(input, Math.floor(most))
  const answers: A[] = []
  for (let next = 0; next < parts.length; next += AT_ONCE) {
    const asked = parts.slice(next, next + AT_ONCE).map((part) => askPart(ways, part, most))
    answers.push(...(await Promise.all(asked)).flat())
  }
  return answers
}

/**
 * Asks a question in parts of at most so many characters, a few at once, and joins their answers; a part that is still
 * too long for the model is halved, down to about a page. Throws what asking threw.
 */
export async function askInParts<I, A>(ways: InParts<I, A>, input: I, most: number): Promise<A> {
  const [first, ...others] = await askAll(ways, input, most)
  // Without any document there is one question all the same.
  return first === undefined ? ways.ask(input) : ways.join([first, ...others])
}
