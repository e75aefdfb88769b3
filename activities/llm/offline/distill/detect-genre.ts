import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Distilled } from '../../../../contract/requirements.ts'
import type { SourceDocument } from '../../port.ts'

type Genre = Distilled['genre']

const SIGNS: readonly (readonly [Exclude<Genre, 'general'>, RegExp])[] = [
  ['bibliography', /\bannotated bibliograph(?:y|ies)\b|\bannotations?\b/giu],
  [
    'lab_report',
    /\blab(?:oratory)? (?:report|session|manual|notebook)\b|\b(?:hypothesis|error bars|standard deviation|raw data|trials|apparatus|experiments?|specimens?|field (?:report|notebooks?)|samples?|sampling|t-test|standard errors?|titrations?|practical|laborator(?:y|ies)|measurements?|uncertaint(?:y|ies)|field work|methods, results,? (?:and )?discussion)\b/giu,
  ],
  [
    'programming',
    /\b(?:source code|codebase|unit tests?|repository|github|compile[sr]?|command[- ]line|python|java(?:script)?|c\+\+|functions?|docstrings?|pep 8|program|jupyter|notebook|scikit-learn|pandas|website|web site|database|server[- ]side|readme|framework|sprints?|frontend|api|simulator|implement (?:an?|one|two|the) |standard library|lab machines|malformed|(?:go|python|java|c|rust) or (?:go|python|java|rust|c))\b/giu,
  ],
  [
    'presentation',
    /\b(?:presentations?|posters?|poster session|pitch|slides?|powerpoint|keynote|audience|speakers?)\b/giu,
  ],
  [
    'discussion',
    /\b(?:discussion (?:board|post|forum)|initial post|repl(?:y|ies) to|classmates' posts?|your post)\b/giu,
  ],
  [
    'research_paper',
    /\b(?:research (?:paper|question|project)|literature review|term paper|final paper|empirical study|empirical articles|hypotheses|refereed journals|primary sources?|scholarly debate|original research)\b/giu,
  ],
  [
    'essay',
    /\b(?:essays?|argumentative|thesis|counterarguments?|reflection paper|close reading|works cited|paper of|objections?|premises?)\b/giu,
  ],
]
const TITLE_WEIGHT = 6
const MIN_SCORE = 4

function count(text: string, sign: RegExp): number {
  return [...text.matchAll(sign)].length
}

/** The sort of work asked for, from the title, the submission types and the words of the brief; `general` when unclear. */
export function detectGenre({ assignment }: CanvasContext, documents: readonly SourceDocument[]): Genre {
  if (assignment.submission_types.includes('discussion_topic')) return 'discussion'
  const briefs = documents.filter(
    ({ kind }) => kind === 'description' || kind === 'discussion' || kind === 'attachment',
  )
  const body = briefs.map(({ text }) => text).join('\n')
  const opening = body.slice(0, 300)
  const scores = SIGNS.map(([genre, sign]) => {
    const score = TITLE_WEIGHT * count(assignment.title, sign) + 2 * count(opening, sign) + count(body, sign)
    return { genre, score }
  })
  const top = Math.max(MIN_SCORE, ...scores.map(({ score }) => score))
  return scores.find(({ score }) => score === top)?.genre ?? 'general'
}
