import type { FeedbackPoint } from '../../contract/feedback.ts'
import { countWhole, sayWords } from './checks/count-whole.ts'
import { say } from './checks/hold-count.ts'
import { quoteWork, type ReadWork } from './checks/rule-check.ts'
import { findClaimedWords } from './work/claimed-words.ts'
import type { Paragraph } from './work/outline-work.ts'
import type { Passage } from './work/passage.ts'

const LONG_PARAGRAPH_WORDS = 300
const LEAST_PARAGRAPH_WORDS = 12
const LEAST_SENTENCE_WORDS = 8
const SHOWN_CHARACTERS = 90
const MOST_POINTS = 4
// Programs count the same words a little differently, and some leave out a line above the text.
const COUNTERS_DIFFER = 0.02
const LINE_OF_WORDS = 10

/** The beginning of a passage, as a quote in a sentence. */
export function beginning({ text }: Pick<Passage, 'text'>): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  if (line.length <= SHOWN_CHARACTERS) return `“${line}”`
  return `“${line.slice(0, line.lastIndexOf(' ', SHOWN_CHARACTERS)).trimEnd()} …”`
}

function point(work: ReadWork, text: string, seen: readonly Passage[]): FeedbackPoint {
  return { text, evidence: seen.map((passage) => quoteWork(work.submission, passage)) }
}

/** A count of words that the work states of itself and that is not so, however one counts. */
function claimedWords(work: ReadWork): readonly FeedbackPoint[] {
  const count = countWhole(work, '')
  const least = count.least * (1 - COUNTERS_DIFFER) - LINE_OF_WORDS
  const most = count.most * (1 + COUNTERS_DIFFER) + LINE_OF_WORDS
  const [wrong] = findClaimedWords(work.submission.text).filter(({ words }) => words < least || words > most)
  if (wrong === undefined) return []
  const held = wrong.words > most ? 'below' : 'above'
  return [
    point(
      work,
      `The work says of itself ${beginning(wrong)}, which is ${say(wrong.words)} words. ${sayWords(count, held)}. Which of the two is right? Count in your own program, and state what it shows.`,
      [wrong],
    ),
  ]
}

function longParagraphs(work: ReadWork): readonly FeedbackPoint[] {
  // The text of a PDF does not show where a paragraph ends.
  if (work.submission.pages.length > 0) return []
  const long = work.outline.paragraphs.filter(({ words }) => words > LONG_PARAGRAPH_WORDS)
  return long
    .slice(0, 2)
    .map((paragraph) =>
      point(
        work,
        `One paragraph has ${say(paragraph.words)} words (${beginning(paragraph)}). Which two or three things does it say, and would a reader find each sooner in a paragraph of its own?`,
        [paragraph],
      ),
    )
}

// Where one's own numbers stand, no source is missed.
const OWN_NUMBERS =
  /\b(?:results?|findings|data|measure\w*|methods?|experiment\w*|observations?|appendi\w+|calculations?)\b/iu

const hasNumber = ({ text }: Paragraph): boolean =>
  /\b\d{2,}(?:[.,]\d+)?\s?(?:%|per ?cent|people|deaths|cases|years|million|billion)|\b\d{1,3}(?:,\d{3})+\b/iu.test(
    text,
  )

function numbersWithoutSource(work: ReadWork): readonly FeedbackPoint[] {
  if (work.citations.length === 0) return []
  const isCited = ({ start, end }: Paragraph) =>
    work.citations.some((citation) => citation.start >= start && citation.end <= end)
  const bare = work.outline.paragraphs.filter(
    (paragraph) =>
      paragraph.words >= LEAST_PARAGRAPH_WORDS &&
      hasNumber(paragraph) &&
      !isCited(paragraph) &&
      !OWN_NUMBERS.test(paragraph.section),
  )
  const [first] = bare
  if (first === undefined) return []
  const count =
    bare.length === 1 ? 'One paragraph gives figures' : `${say(bare.length)} paragraphs give figures`
  return [
    point(
      work,
      `${count} without a source beside them, first ${beginning(first)}. Where does the reader find where they come from?`,
      [first],
    ),
  ]
}

function citedButNotListed(work: ReadWork): readonly FeedbackPoint[] {
  if (work.references.length === 0) return []
  const listed = work.references.map(({ text }) => text.toLowerCase())
  // An acronym stands in the list under its full name.
  const named = work.citations.filter(({ form, text }) => form === 'year' && !/^\W*\p{Lu}{2,}\b/u.test(text))
  const lost = named.filter(({ work: cited }) => {
    const [name = '', year = ''] = cited.split(' ')
    const plain = year.replace(/[a-z]$/u, '')
    return plain !== '' && !listed.some((entry) => entry.includes(name) && entry.includes(plain))
  })
  const unlisted = [...new Map(lost.map((citation) => [citation.work, citation])).values()]
  const [first] = unlisted
  if (first === undefined) return []
  const more = unlisted.length > 1 ? ` and ${say(unlisted.length - 1)} more` : ''
  return [
    point(
      work,
      `${beginning(first)}${more} is cited but was not found in the list of references. Is the entry missing, or the name or year spelt otherwise there?`,
      unlisted.slice(0, 3),
    ),
  ]
}

function sentencesOf({ start, end }: Paragraph, raw: string): readonly Passage[] {
  const text = raw.slice(start, end)
  const ends = [...text.matchAll(/[.!?]/gu)].map(({ index }) => index + 1)
  return ends.map((stop, at) => {
    const from = ends[at - 1] ?? 0
    const sentence = text.slice(from, stop)
    const lead = sentence.length - sentence.trimStart().length
    return { text: sentence.trim(), start: start + from + lead, end: start + stop }
  })
}

function repeatedSentences(work: ReadWork): readonly FeedbackPoint[] {
  const seen = new Map<string, Passage>()
  for (const paragraph of work.outline.paragraphs) {
    for (const sentence of sentencesOf(paragraph, work.submission.text)) {
      const key = sentence.text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
      if (key.split(' ').length < LEAST_SENTENCE_WORDS) continue
      const before = seen.get(key)
      if (before !== undefined)
        return [
          point(work, `The same sentence stands twice: ${beginning(sentence)} Is the second one meant?`, [
            before,
            sentence,
          ]),
        ]
      seen.set(key, sentence)
    }
  }
  return []
}

/** What can be seen of a work's build by code alone, each as a question about the student's own words. */
export function seeStructure(work: ReadWork): readonly FeedbackPoint[] {
  return [
    ...claimedWords(work),
    ...citedButNotListed(work),
    ...numbersWithoutSource(work),
    ...repeatedSentences(work),
    ...longParagraphs(work),
  ].slice(0, MOST_POINTS)
}

const MOST_CITED_SHARE = 0.5
// A share of one paragraph is none.
const FEWEST_PARAGRAPHS = 2

/** What can be seen to be well built: shares and counts, so that it is true of the work and no compliment. */
export function seeStrengths(work: ReadWork): readonly FeedbackPoint[] {
  const { paragraphs } = work.outline
  const long = paragraphs.filter(({ words }) => words >= LEAST_PARAGRAPH_WORDS)
  const cited = long.filter(({ start, end }) =>
    work.citations.some((citation) => citation.start >= start && citation.end <= end),
  )
  if (long.length < FEWEST_PARAGRAPHS || cited.length < long.length * MOST_CITED_SHARE) return []
  return [
    point(work, `${say(cited.length)} of ${say(long.length)} paragraphs name a source.`, cited.slice(0, 1)),
  ]
}
