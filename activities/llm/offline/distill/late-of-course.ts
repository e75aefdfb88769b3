import type { SourceDocument } from '../../port.ts'
import type { Finding } from './finding.ts'

// A rule on late work of one sort; `late work` and `late submissions` mean any.
const LATE_SORT =
  /\blate (?:[\p{L}-]+ )?(?<sort>reports?|essays?|papers?|posts?|labs?|problem sets?|projects?|quizz?es|homeworks?|presentations?|exercises?|journals?|drafts?|reviews?|repl(?:y|ies)|discussions?|protocols?|portfolios?|posters?)\b/iu

// Sorts of work that one word may stand for another of: an essay is a paper, and homework may be anything.
const SORTS: readonly RegExp[] = [
  /\b(?:paper|essay|draft|review|report|portfolio|journal|protocol|lab|write-?up|project|code|program)/iu,
  /\b(?:post|repl|discussion|comment|thread)/iu,
  /\b(?:presentation|talk|slide|poster|pitch)/iu,
  /\b(?:quiz|test|exam)/iu,
]
const ANY_SORT = /^(?:homework|problem set|exercise)/iu

/** Whether a rule of the course on late work is for another sort of work than this one: late reports, where a talk is asked for. */
export function isForOtherWork(
  { document_id, statement }: Finding,
  title: string,
  documents: readonly SourceDocument[],
): boolean {
  const isOfCourse = documents.some((one) => one.document_id === document_id && one.kind === 'syllabus')
  const sort = LATE_SORT.exec(statement)?.groups?.['sort']
  if (!isOfCourse || sort === undefined || ANY_SORT.test(sort)) return false
  const own = documents.filter(({ kind }) => kind !== 'syllabus' && kind !== 'canvas' && kind !== 'rubric')
  const words = [title, ...own.map(({ text }) => text)].join('\n')
  const isOther = SORTS.some((form) => !form.test(sort) && form.test(words))
  const isSame = SORTS.some((form) => form.test(sort) && form.test(words))
  // Only work that is plainly of another sort goes without the rule: where nothing says which it is, the rule stays.
  return own.length > 0 && isOther && !isSame
}
