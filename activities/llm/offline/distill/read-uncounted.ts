const NOT_COUNTED =
  /\b(?:(?:do|does|did|will|would|shall)(?: not|n't|n’t) (?:be )?count(?:ed)?|cannot be counted|can(?:no|')t count|(?:is|are) not counted|counts? for nothing)\b/iu
// What is no rule of the work: the markers' own habits, the grade, and how the length is counted.
const OF_GRADING =
  /^(?:but |and |so )?(?:i|we)\b|\b(?:grade|mark|score|credit|attendance|average|weekends?|holidays?|late days?)\b/iu
const OF_LENGTH =
  /\b(?:word|page|slide|character|line)s?[- ](?:count|limit|total|length)\b|\btowards? (?:the|your|this) (?:length|limit|total|count|(?:[\d,]+ )?(?:words|pages|minutes|slides))\b/iu

/** Whether a clause says what is not counted as one of the things asked for: `Encyclopedias do not count toward the six`. */
export function isUncounted(clause: string): boolean {
  return NOT_COUNTED.test(clause) && !OF_GRADING.test(clause) && !OF_LENGTH.test(clause)
}
