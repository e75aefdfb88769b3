import { readQuantities } from './read-quantities.ts'

const PENALTY =
  /\b(?:scores? (?:0|zero)|means? 0|lose[sd]?|penalt(?:y|ies)|penali[sz]ed|deduct(?:ed|ion)?s?|receives? at most|mark(?:ed)? down|costs?|drops? (?:by|to|one|an?)|reduced (?:by|to)|capped at|minus|off (?:per|for|each)|taken off|(?:gets?|becomes?|means|receives?|is|earns?) (?:an? )?(?:zero|0|f\b)|no credit|fails?(?! (?:its|to|on|with|at|when|because)\b)|earns? \d+ ?% at most|can earn|half credit|scores? (?:nothing|no)|(?:is|are) (?:then |all |also |thereby )?(?:lost|deducted|subtracted|withheld))\b/iu
// `can score at most 15 of the 40 points`, `cannot score above 20 of 30`.
const CAPPED =
  /\b(?:(?:can|could|may|will|cannot|can't|won't)(?: not)?(?: only| still)? (?:score|earn|get|receive|reach|be awarded|exceed)|(?:scores?|earns?|gets?|receives?|reach(?:es)?) (?:at most|no more than|a maximum of)|(?:is|are|be) (?:limited|capped|restricted) (?:to|at))\b/iu
const OUT_OF = /\b\d+(?:\.\d+)? (?:out )?of (?:the |a possible )?\d+\b/iu
const PART_OF_POINTS =
  /\b(?:half|(?:a|one) (?:third|quarter)|two[- ]thirds|three[- ]quarters) (?:of )?(?:the |its |your |their )?(?:\p{L}+ )?(?:points|marks|credit|grade)\b/iu
const NO_MATTER_HOW_MUCH =
  /\b(?:gets?|becomes?|receives?|earns?|given) (?:an? )?(?:zero|f)\b|\b(?:gets?|receives?|earns?|for) no (?:credit|marks?|points|peer mark)\b|\bloses? (?:all|any|the|their|your)\b.*\b(?:points?|marks?|credit|right|slot|turn)\b|\bscores? nothing\b|\bfails?(?: (?:the (?:course|class|module|assignment)|outright)|,|\.?$)/iu
const WEIGHT =
  /\b(?:worth(?! (?:more|less|it|noting|a|the|your)\b)|counts? (?:for|toward|towards|as|\d)|make[s]? up|weighted|accounts? for|contributes?|of (?:the|your) (?:final |total |overall |course |module )*(?:grade|mark))\b/iu
const SHARE =
  /\b(?:half|third|quarter|fifth|tenth|all|zero|no credit|an? (?:point|mark|grade|letter grade|percent)|one (?:letter )?grade)\b/iu

/** Whether a clause says what the grade loses without a figure, as `gets a zero` does. */
export function losesAll(clause: string): boolean {
  return NO_MATTER_HOW_MUCH.test(clause)
}

/** Whether a clause says what the grade loses, or what it can reach at most. */
export function takesPoints(clause: string): boolean {
  return PENALTY.test(clause) || capsGrade(clause)
}

function capsGrade(clause: string): boolean {
  return CAPPED.test(clause) && (OUT_OF.test(clause) || PART_OF_POINTS.test(clause) || countsGrade(clause))
}

function countsGrade(clause: string): boolean {
  return readQuantities(clause).some(({ unit }) => /^(?:%|points|marks|percent)$/u.test(unit))
}

// "The tube costs about 900 euros" takes nothing from a grade.
const MONEY = /[€$£]\s?\d|\d\s?(?:€|euros?|dollars?|pounds?)(?!\p{L})/iu

/** Whether a clause says what a part counts for, or what the grade loses. */
export function weighsGrade(clause: string): boolean {
  if (MONEY.test(clause) && !countsGrade(clause)) return false
  if (losesAll(clause)) return true
  const counted =
    /\b(?:scores?|means?) (?:0|zero)\b/iu.test(clause) ||
    readQuantities(clause).length > 0 ||
    SHARE.test(clause)
  return (counted && (PENALTY.test(clause) || WEIGHT.test(clause))) || capsGrade(clause)
}
