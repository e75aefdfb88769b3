// Base forms that begin an instruction: what a plan may tell a student to do.
const VERBS =
  'add agree allow analyse analyze annotate answer arrange ask assign attach avoid begin bring build calculate change check choose cite ' +
  'collect combine commit compare complete compute confirm consider copy count create cut decide define describe design develop discuss ' +
  'divide do draft draw edit enter estimate evaluate examine explain explore export find finish fix follow format gather get give go group ' +
  'hand have hold identify implement improve include install integrate interpret investigate keep label leave limit link list locate look ' +
  'make mark measure meet mend merge name narrow note open order organise organize outline paste pick place plan point post practise ' +
  'practice prepare present print produce proofread prove provide publish put quote read rehearse remove repeat replace reply report ' +
  'research respond review revise rewrite run save say scan schedule search select send set settle share show sketch skim solve sort speak ' +
  'split stand start state stop store structure study submit summarise summarize support take talk tell test tick tidy track trim try turn ' +
  'upload use verify watch work write'

export const VERBS_OF_DOING: ReadonlySet<string> = new Set(VERBS.split(' '))

const FIRST_WORDS = /(?:^|[,:;]\s+|\bthen\s+)([\p{L}]+)/gu

/** Whether a sentence tells somebody to do something: it begins with such a verb, or does so after its lead-in. */
export function isInstruction(sentence: string): boolean {
  const [first, second] = [...sentence.trim().matchAll(FIRST_WORDS)].map(([, word = '']) =>
    VERBS_OF_DOING.has(word.toLowerCase()),
  )
  return first === true || second === true
}
