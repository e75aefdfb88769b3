import type { SourceDocument } from '../../port.ts'
import type { Finding } from './finding.ts'

// A rule on late work of one sort; `late work` and `late submissions` mean any.
const LATE_SORT =
  /\blate (?:[\p{L}-]+ )?(?<sort>reports?|essays?|papers?|posts?|labs?|problem sets?|projects?|quizz?es|homeworks?|presentations?|exercises?|journals?|drafts?|reviews?|repl(?:y|ies)|discussions?|protocols?|portfolios?|posters?)\b/iu

function singular(noun: string): string {
  return noun.toLowerCase().replace(/zzes$/u, 'z').replace(/ies$/u, 'y').replace(/s$/u, '')
}

/** Whether a rule of the course on late work is for another sort of work than this one: late reports, where a talk is asked for. */
export function isForOtherWork(
  { document_id, statement }: Finding,
  title: string,
  documents: readonly SourceDocument[],
): boolean {
  const isOfCourse = documents.some((one) => one.document_id === document_id && one.kind === 'syllabus')
  const sort = LATE_SORT.exec(statement)?.groups?.['sort']
  if (!isOfCourse || sort === undefined) return false
  const own = documents.filter(({ kind }) => kind !== 'syllabus' && kind !== 'canvas' && kind !== 'rubric')
  const stem = singular(sort).replace(/y$/u, '')
  const names = new RegExp(String.raw`\b${stem}`, 'iu')
  return own.length > 0 && ![title, ...own.map(({ text }) => text)].some((text) => names.test(text))
}
