const WITH_OTHERS =
  /^(?:talk|discuss|share|compare|chat|brainstorm|exchange)\b[^.;]{0,40}\bwith (?:any|other|others|each other|classmates|peers|friends|fellow|whoever|whomever|people|your (?:classmates|peers|friends|neighbou?rs?|partner|team|group))/iu
const WITH_ANYBODY = /\bwith (?:anybody|anyone|whoever|whomever)\b/iu
const STARTS_AT =
  /^(?:start|begin) (?:with|by reading|from|at) (?:the )?(?:sections?|parts?|chapters?|steps?|tasks?|exercises?|questions?|problems?|milestones?|modules?|units?) (?:\d|[A-Z]\b|one\b|two\b|three\b)/iu

/** Whether a command says with whom the work is talked over, which is no part of it. */
export function isTalk(command: string): boolean {
  return WITH_OTHERS.test(command)
}

/** Whether a command leaves it open with whom the work is talked over: `Discuss ideas with anybody` allows. */
export function allowsTalk(command: string): boolean {
  return WITH_OTHERS.test(command) && WITH_ANYBODY.test(command)
}

/** Whether a command advises where to begin in the instructions, `Start with Section 4`, which orders nothing in the work. */
export function isWayIn(command: string): boolean {
  return STARTS_AT.test(command)
}
