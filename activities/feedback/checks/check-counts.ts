import type { Passage } from '../work/passage.ts'
import { boundsOf, say, sayMany } from './hold-count.ts'
import { met, notAssessed, type Check, type ReadWork } from './rule-check.ts'

const UNIT = /^(?:tables|figures|images|charts|graphs|maps|diagrams|plots|visuals?)$/u
const OF_TABLES = /\btables?\b/iu
const OF_FIGURES = /\b(?:figures?|images?|charts?|graphs?|maps?|diagrams?|plots?|visuals?)\b/iu
const TABLE_CAPTION = /^tab(?:le|elle)\s+\d/iu
// Figures that are numbers or people, and maps that are looked at.
const OTHER_FIGURES =
  /\b(?:significant|historical|public|key|political|literary|important|rhetorical|religious|major|sales|decimal) figures\b|\bfigures? of speech\b/iu
const ASKS_FOR_MORE =
  /\b(?:clos(?:e|ely)|read(?:ing)?|discuss\w*|analy[sz]\w+|interpret\w*|explain\w*|describ\w+|compar\w+|based on|from (?:a|the|your|primary|real)|original|own|relevant)\b/iu
const SHOWS =
  /\b(?:include|insert|provide|present|contain|show|reproduce|add|use|submit|have|has|with|at least|must|create|make|draw|plot)\b/iu

/** Which captions count: tables, figures, or both where either will do. */
function captionsFor(statement: string, { outline }: ReadWork): readonly Passage[] {
  const [tables, figures] = [OF_TABLES.test(statement), OF_FIGURES.test(statement)]
  return outline.captions.filter(({ text }) => (TABLE_CAPTION.test(text) ? tables : figures))
}

/** Checks that tables and figures are there, by their captions and by tables in the text; pictures are not looked at. */
export const checkCounts: Check = ({ quantities, modality, statement }, work) => {
  if (modality === 'may' || modality === 'must_not') return null
  const quantity = quantities.find(({ unit }) => UNIT.test(unit))
  if (quantity === undefined || OTHER_FIGURES.test(statement) || !SHOWS.test(statement)) return null
  const { least, most } = boundsOf(quantity, statement).kept
  if (least === 0 || (quantity.bound === 'range' && most < Number.POSITIVE_INFINITY)) return null
  const captions = captionsFor(statement, work)
  const shown = Math.max(captions.length, OF_TABLES.test(statement) ? work.outline.tables : 0)
  const found =
    captions.length >= shown
      ? `${sayMany(captions.length, 'numbered caption')} ${captions.length === 1 ? 'was' : 'were'} found`
      : `${sayMany(shown, 'table')} ${shown === 1 ? 'was' : 'were'} found`
  const said = `${found}; asked for: ${say(least)}.`
  if (shown >= least)
    return ASKS_FOR_MORE.test(statement)
      ? notAssessed(
          `${said} Whether the work does with it what the rule asks, look yourself.`,
          captions.slice(0, 1),
        )
      : met(said, captions.slice(0, 1))
  return notAssessed(`${said} Pictures are not looked at here: count them yourself.`)
}
