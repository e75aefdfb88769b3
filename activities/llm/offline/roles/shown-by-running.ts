import type { Requirement } from '../../../../contract/requirements.ts'

type Told = Pick<Requirement, 'kind' | 'modality' | 'statement'>

const OF_THE_WORK = new Set<Requirement['kind']>([
  'content',
  'deliverable',
  'method',
  'process',
  'tool',
  'structure',
  'submission',
  'format',
])
// Deadlines, files and manners are looked at, not run.
const LOOKED_AT =
  /\b(?:submit\w*|upload(?:ed|ing)?|hand(?:ed|ing)? in|turn(?:ed|ing)? in|push|pull|zip|deadline|due|rubric|ticked|readme|canvas|describe|explain|documented|docstrings?|javadoc|comments?|tag|commits?|half a page|make setup|install\w*|top folder|repository|repo|late days?|points?|(?:\d|hundred|thousand)[\s–-]?(?:words?|pages?))\b|^counted against\b|^(?:programming )?(?:language|format|file type):|^(?:an?|one|two|three) (?:[\p{L}-]+ ){0,2}(?:tables?|graphs?|charts?|plots?|diagrams?|proofs?)\b/iu
// What is done by people, around the work and not by it.
const CONDUCT =
  /^(?:please )?(?:discuss|talk|ask|share|register|name|credit|cite|meet|attend|bring|list any(?:body|one)?|work (?:with|alone|in)|keep (?:your|a)|start (?:with|early)|begin with|choose|pick|decide|outline|plan|put|clone|commit|check that|read (?:it|this|the (?:brief|sheet|instructions))|draw|plot|write (?:a|the|your) (?:question|report|reflection))\b|\b(?:your|the) (?:TA|instructor|teacher|tutor|demonstrators?|partners?|teams?|groups?|classmates?|mark(?:er|s)?)\b|\b(?:partners|teams|groups|pairs|classmates|with anybody|with anyone|interview|office hours|forum|lab hours|demo|checkpoint|in lab|in class|week \d+|graded|marked|before you|before anything else|to the end)\b|^M\d+ |\byou(?:['’]ll| will)? (?:be |build|implement|write|learn|work)/i
// An order of work: "Write the crash test before the recovery code".
const ORDER = /^(?:write|make|do|finish|build|get|start)\b.{1,60}\b(?:before|first|after)\b/i
const OF_TESTS = /\btest(?:s|ed|ing)?\b|\bcoverage\b|(?<!\bin )\bcases?\b|\bseed\b/i
// What a program does, so that a run of it shows whether it does.
const BEHAVES =
  /\b(?:accept|answer|append|begun|browse|comput\w*|corrupt|count|crash|creat|delet|display|doubl\w*|drop|drops|dropped|exceed|exit|fail|filter|finish|grow|handl\w*|hold|ignor\w*|implement|insert|kill|leak|load|lock|los[et]|output|pars\w*|print|process|quit|rais\w*|read|recover|refus\w*|rehash|reject|remov\w*|replay|report|respond|restart|return|reus\w*|run|sav\w*|search|send|show|skip|sort|start|stor\w*|support|surviv\w*|swap|sync|terminat\w*|throw|truncat\w*|updat\w*|us(?:es|e at most)|validat\w*|warn|work|must start|is a record|may not be|must (?:not )?be|(?:is|are) \d)(?:s|es|ed|ped|ted)?\b/i

// Behind a full stop or a semicolon something else is said: "never a mixture. Use rename; explain why".
const SENTENCES = /[.;]\s+/

/** Whether words say what a program does, so that a run of it can show whether it does. */
export function saysBehaviour(text: string): boolean {
  return text
    .split(SENTENCES)
    .some(
      (said) =>
        BEHAVES.test(said) &&
        !CONDUCT.test(said) &&
        !ORDER.test(said) &&
        !LOOKED_AT.test(said) &&
        !OF_TESTS.test(said),
    )
}

/** Whether a demand is on people and their ways rather than on the work: whom to ask, when to show, what to do first. */
export function isConduct({ kind, statement }: Told): boolean {
  return (
    kind === 'policy' ||
    kind === 'collaboration' ||
    kind === 'deadline' ||
    kind === 'grading' ||
    ((CONDUCT.test(statement) || ORDER.test(statement)) && !saysBehaviour(statement))
  )
}

/** Whether a demand is on a test: what it does, and what it leaves to look at. */
export function asksForTest(requirement: Told): boolean {
  return OF_TESTS.test(requirement.statement) && !isConduct(requirement)
}

/** Whether a run of the program can show a demand: a test of it, or a row of a table of cases, has something to compare. */
export function isShownByRunning(requirement: Told): boolean {
  return (
    OF_THE_WORK.has(requirement.kind) &&
    requirement.modality !== 'may' &&
    !isConduct(requirement) &&
    saysBehaviour(requirement.statement)
  )
}
