import type { Block } from '../text/parse-blocks.ts'
import { startsWithCommand } from './read-command.ts'
import { namesCase } from './name-case.ts'
import { DATE_WORDS } from './read-dates.ts'
import { hasVerb } from './has-verb.ts'
import type { RunIn } from './run-in.ts'
import { labelEnd } from './read-fragments.ts'
import { sectionRole } from './section-role.ts'

const NOTHING: RunIn = { title: null, dated: false, from: 0 }

const MARKED =
  /^\s*(?<mark>\*{1,3}|_{1,3})(?=\S)(?<title>[^*_\n]{2,70}?)\k<mark>(?<tail>[.:]|\s*\([^)\n]{1,50}\)[.:]?|\s+[–—-](?=\s))?/u
const PLAIN =
  /^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?<title>[\p{L}\d][\p{L}\d'’&/-]*(?:\s[\p{L}\d'’&/-]+){0,4})(?:\s\([^)]{1,40}\))?(?<stop>[.:])\s+(?=\S)/u
// "A model test: 10,000 random commands" names the thing to be made, which the rest only describes.
const NAMES_ONE = /^(?:an?|one) \p{L}/iu
const NUMBERED =
  /^(?:part|step|task|phase|stage|sprint|question|option|section|week|day|round|item) (?:\d{1,2}|[A-Z])\b/iu
const COUNTS =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|no|only)\b/iu
// "Fewer than 30 points: the report is returned" names the case it speaks of.
const BOUND = /^(?:fewer|less|more|at (?:least|most)|over|under|above|below|up to)\b.*\d/iu
const DAYS = new RegExp(
  String.raw`^(?:(?:by|on|due|until)\s+)?(?:(?:${DATE_WORDS.source})|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weeks? \d{1,2})(?:\s?\([^)]{1,40}\))?\s*[:–—-]\s+(?=\S)`,
  'iu',
)

function namesOne(title: string, kind: Block['kind']): boolean {
  return kind === 'item' && NAMES_ONE.test(title)
}

function marked(raw: string, { view, kind, start, end }: Block): RunIn | null {
  const { title = '', tail = '' } = MARKED.exec(raw.slice(start, end))?.groups ?? {}
  const shown = `${title}${tail}`.replaceAll(/\s+/gu, ' ')
  if (title === '' || namesOne(title, kind) || !view.text.startsWith(shown)) return null
  if (tail === '' && !/[.:?!…]$/u.test(title)) return null
  const from = shown.length + (/^\s*/u.exec(view.text.slice(shown.length))?.[0].length ?? 0)
  return { title: title.replace(/[.:…]+$/u, ''), dated: false, from }
}

function plain({ view, kind }: Block): RunIn | null {
  const match = PLAIN.exec(view.text)
  const { title = '', stop = '' } = match?.groups ?? {}
  if (match === null || namesOne(title, kind) || labelEnd(view.text) > 0) return null
  if (BOUND.test(title) || (stop === ':' && namesCase(title)) || (title.includes(' ') && hasVerb(title)))
    return null
  if (/\(\d{1,3} ?(?:%|points?|pts|marks?)\)/iu.test(match[0])) return null
  // "Responses: 8" says what a part counts for.
  if (/^\d+(?:\.\d+)?\s?(?:%|points?|pts|marks?)?\.?$/iu.test(view.text.slice(match[0].length).trim()))
    return null
  if (!/^\p{Lu}/u.test(title) && !(kind === 'item' && stop === ':')) return null
  const isNumbered = NUMBERED.test(title)
  const words = title.split(' ').length
  if (!isNumbered && words > 1 && (startsWithCommand(title) || COUNTS.test(title))) return null
  // A full stop ends sentences too: only what names a part of a brief is a title before one.
  if (stop === '.' && !isNumbered && words > 1 && sectionRole([title]) === 'unknown') return null
  return { title, dated: false, from: match[0].length }
}

/** Reads the title or the date that stands at the head of a block, `Late work. …`, `Oct. 5: …`. */
export function readRunIn(raw: string, block: Block): RunIn {
  if (block.kind !== 'paragraph' && block.kind !== 'item') return NOTHING
  const days = DAYS.exec(block.view.text)
  if (days !== null) return { title: null, dated: true, from: days[0].length }
  return marked(raw, block) ?? plain(block) ?? NOTHING
}
