// What is handed in before or beside the work, and keeps rules of its own.
const BESIDE =
  /\b(?:proposal|outline|preliminary|working|first draft|rough draft|source list|slides?|handout|poster|presentation|talk|readme)\b/iu

/** Whether a rule is of something that is handed in beside a work of this title. */
export function isBeside(statement: string, title: string): boolean {
  const beside = BESIDE.exec(statement)?.[0].toLowerCase()
  return beside !== undefined && !title.toLowerCase().includes(beside)
}
