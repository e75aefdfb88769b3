import type { WorkOutline } from './outline-work.ts'
import type { Passage } from './passage.ts'

/** Uses of the first person in the author's own voice; `sure` ones are nobody else's. */
export interface FirstPerson {
  readonly sure: readonly Passage[]
  readonly possible: readonly Passage[]
}

// "I" before a verb of it: neither the first of a name ("Elizabeth I", "Type I") nor a current ("I is 5 A").
const NUMBERED =
  'War|Part|Type|Phase|Act|Class|Chapter|Book|Figure|Table|Level|Section|Stage|Volume|Grade|Article|Title|Appendix|Charles|James|George|Elizabeth|Henry|William|Francis|Nicholas|Napoleon|Wilhelm|Leopold|Otto|Pope|King|Queen|Emperor|current|currents|iodine|option|group'
const NO_VERB =
  'is|has|are|and|or|of|in|for|to|by|with|at|from|the|a|an|which|that|equals?|denotes?|flows|through|across|versus|vs|on|as|but|were|per'
const SURE = new RegExp(
  String.raw`(?<![\p{L}\p{N}'’.=(-])(?<!\b(?:${NUMBERED}) )(?:I(?:['’](?:m|ve|d|ll)(?!\p{L})|(?= (?!(?:${NO_VERB})\b)\p{Ll}{2,}))|[Mm]yself|[Ww]e(?:['’](?:re|ve|d|ll))?(?= \p{Ll}{2,}))(?![\p{L}\p{N}'’-])`,
  'gu',
)
const POSSIBLE = /(?<![\p{L}\p{N}'’-])(?:[Mm]y|[Mm]e|[Oo]urs?|us|[Ww]e|ourselves)(?![\p{L}\p{N}'’-])/gu
const IN_QUOTES =
  /[“„«"][^”“»"\n]{0,2000}[”“»"]|(?<![\p{L}\p{N}])[‘'][^’'\n]{0,300}[’'](?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[_*][^_*\n]{2,200}[_*]/gu
const ENTRY_LIKE = /^[^\n]{0,120}\((?:1[5-9]|20)\d{2}[a-z]?\)\./u

// After "the poet says," or "Keeper:" somebody else may be speaking without quotation marks.
const REPORTED =
  /:[^.!?]{0,60}$|\b(?:says?|said|writes?|wrote|states?|stated|argues?|sings?|recalls?|recalled|answers?|answered|asks?|asked),[^.!?]{0,60}$/u
const BEFORE = 80

function isReported(text: string, at: number): boolean {
  return REPORTED.test(text.slice(Math.max(0, at - BEFORE), at))
}

/** The text of a paragraph with quotations and titles blanked out; all of it where a quotation stays open. */
function ownVoice(text: string): string {
  const rest = text.replaceAll(IN_QUOTES, (quoted) => ' '.repeat(quoted.length))
  const isOpen = /["“”„«»]/u.test(rest)
  // "A: I was there" is somebody speaking.
  const isSpoken = /^\p{Lu}[\p{L}. ]{0,24}: /u.test(text)
  return isOpen || isSpoken || ENTRY_LIKE.test(text) ? '' : rest
}

/** Finds the first person outside quotations, quoted blocks, titles, headings, notes and references. */
export function findFirstPerson(raw: string, { paragraphs }: Pick<WorkOutline, 'paragraphs'>): FirstPerson {
  const sure: Passage[] = []
  const possible: Passage[] = []
  for (const { start, end } of paragraphs) {
    const line = raw.lastIndexOf('\n', Math.max(0, start - 1)) + 1
    if (raw.slice(line, start).includes('>')) continue
    const own = ownVoice(raw.slice(start, end))
    const at = ({ 0: text, index }: RegExpExecArray) => ({
      text,
      start: start + index,
      end: start + index + text.length,
    })
    const found = [...own.matchAll(SURE)].map((match) => ({
      ...at(match),
      isOwn: !isReported(own, match.index),
    }))
    const others = [...own.matchAll(POSSIBLE)].map(at)
    sure.push(...found.filter(({ isOwn }) => isOwn))
    possible.push(
      ...found.filter(({ isOwn }) => !isOwn),
      ...others.filter(({ start: from }) => !found.some((one) => one.start === from)),
    )
  }
  return { sure, possible }
}
