const READER = String.raw`(?:i|we|the (?:reader|grader|marker|examiner|tutor|instructor|chair|timekeeper|bell)s?|readers|graders|markers|examiners|tutors)`
const STOPS = new RegExp(
  [
    String.raw`^${READER}(?: will|'ll|’ll)?(?: always| simply)? stops? (?:reading|marking|grading|scoring|listening|watching|the (?:talk|clock|recording)|you|your (?:talk|group|team))\b`,
    String.raw`^${READER}(?: will|'ll|’ll)?(?: only)? (?:reads?|marks?|grades?|watch(?:es)?|scores?) (?:only |no further than |as far as |up to |just )+(?:the first |to )?[\d\p{L}]`,
    String.raw`^${READER} (?:will not|won't|won’t|do not|don't|don’t|does not|doesn't|cannot|never) (?:read|mark|grade|score|watch|listen) (?:on |anything )?(?:past|beyond|after|over|more than)\b`,
    String.raw`^(?:anything|everything|all|words|pages|text|material|whatever(?: is| comes)?) (?:past|beyond|over|after|above|longer than) [^.;]{1,40} (?:(?:is|are|will)(?: not|n't)(?: be)? (?:read|marked|graded|scored|considered)|(?:is|are|will be) (?:ignored|cut|disregarded))\b`,
    String.raw`^(?:reading|marking|grading) (?:will )?(?:stops?|ends?) (?:at|after)\b`,
    String.raw`^nothing (?:past|beyond|over|after|above|longer than) [^.;]{1,40} (?:is|will be) (?:read|marked|graded|scored|considered)\b`,
    String.raw`^(?:you|speakers?|groups?|teams?|talks?|presenters?)(?: (?:are|is|will be|get|gets))+ (?:cut off|stopped) (?:at|after)\b`,
    String.raw`\band (?:will )?stop you (?:at|after)\b`,
  ].join('|'),
  'iu',
)
const COUNTED =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|limit)\b/iu

/** Whether a clause tells where those who read or hear the work stop, `I stop reading at 2,200`: a limit like any other. */
export function isCutoff(clause: string): boolean {
  return STOPS.test(clause.trim()) && COUNTED.test(clause)
}
