import type { Merged } from './merge-restated.ts'

// A list nobody can hold in mind warns of nothing; the tasks carry the rest.
const MOST_HARD = 20

const AI = /\b(?:AI|generative|ChatGPT|language models?|chatbots?)\b/iu
const STYLE =
  /\b(?:MLA|APA|Chicago|Harvard|IEEE|CSE|Turabian|font|pt|point|(?:double|single|line)[- ]?spac(?:ed|ing)|margins?|page numbers?|A4)\b/iu

const OF_FORM =
  /\b(?:title|word counts?|headers?|footers?|file ?names?|cover|caption(?:ed|s)?|numbered|headings?)\b/iu

const SIZES = new Set(['words', 'pages', 'minutes', 'slides', 'characters', 'paragraphs'])
const CITING = /^(?:use|cite|include|provide|submit|name|list)\b|\bbibliograph\w*|\breferences?\b/iu
// A demand its author has named, `R7: …`, is one of a series that is told together.
const NAMED = /^\p{Lu}{1,3}\d{1,3}: /u
const OWN_WORK = /\b(?:must|has to|have to|should) be (?:entirely |wholly )?(?:your|their|one['’]s) own\b/iu

const LONGEST_SETTING = 60

/** Whether a demand is one of the short ones that set the look: `12-point serif type`. */
export function isSetting({ kind, statement }: Pick<Merged, 'kind' | 'statement'>): boolean {
  return kind === 'format' && statement.length <= LONGEST_SETTING
}

/** Whether a demand bears a name of its own, as the demands of a series do. */
export function isNamed({ statement }: Pick<Merged, 'statement'>): boolean {
  return NAMED.test(statement)
}

function isFact({ statement, criterion_id }: Merged): boolean {
  return (
    criterion_id !== null ||
    /^(?:Hand in the |The assignment is worth |Submit a file of type )/u.test(statement)
  )
}

function rankOfBan({ kind, group }: Merged): number | null {
  if (kind === 'process' || kind === 'collaboration') return null
  return group === null ? 4 : 5
}

function rankOfDemand({ kind, weight, quantities, statement }: Merged): number | null {
  const counted = quantities.length > 0
  switch (kind) {
    case 'deadline':
      return 0
    case 'submission':
    case 'deliverable':
      return 1
    case 'length':
      return quantities.some(({ unit }) => SIZES.has(unit)) ? 1 : 6
    case 'source':
      return counted || weight === 'firm' || CITING.test(statement) ? 2 : null
    case 'format':
      return STYLE.test(statement) ? 3 : counted || weight === 'firm' ? 5 : OF_FORM.test(statement) ? 7 : null
    case 'structure':
      if (!counted) return weight === 'firm' ? 5 : 7
      return weight === 'firm' ? 4 : 6
    case 'content':
    case 'method':
    case 'tool':
      if (counted) return weight === 'firm' ? 4 : 6
      return weight === 'firm' ? 5 : null
    default:
      return null
  }
}

/** How surely missing a demand costs the work, 0 the surest; null when it does not cost it outright. */
function rank(finding: Merged): number | null {
  const { kind, modality, weight, group, statement } = finding
  if (isFact(finding)) return 0
  if (modality === 'may' || modality === 'should') return null
  if (isNamed(finding)) return 4
  if (weight === 'conditional') return null
  // What a grade loses is said among the grading signals, late work where it is handed in.
  if (kind === 'grading') return null
  if (kind === 'policy')
    return (AI.test(statement) && modality === 'must_not') || OWN_WORK.test(statement) ? 2 : null
  if (group !== null) return 3
  return modality === 'must_not' ? rankOfBan(finding) : rankOfDemand(finding)
}

/** The findings that may cost the work outright when they are missed, the surest first up to a number one can hold in mind. */
export function pickHard(findings: readonly Merged[]): ReadonlySet<Merged> {
  const ranked = findings.flatMap((finding) => {
    const place = rank(finding)
    return place === null ? [] : [{ finding, place }]
  })
  const facts = ranked.filter(({ finding }) => isFact(finding))
  const chosen = new Map<string, Merged[]>()
  for (const { finding } of ranked.toSorted((one, other) => one.place - other.place)) {
    if (isFact(finding)) continue
    // The options of a choice are told in one line, and so is what sets the look, and a series of named demands.
    const own = isSetting(finding) ? finding.kind : isNamed(finding) ? 'named' : finding.statement
    const line = finding.group ?? `${finding.document_id} ${own}`
    const told = chosen.get(line)
    if (told !== undefined) told.push(finding)
    else if (chosen.size < MOST_HARD) chosen.set(line, [finding])
  }
  return new Set([...facts.map(({ finding }) => finding), ...[...chosen.values()].flat()])
}
