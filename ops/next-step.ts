import { RUN_ERRORS, type RunErrorCode } from '../contract/run-errors.ts'

/** Who can mend what stopped a run, and how, in words for an operator. */
export interface NextStep {
  readonly waits_for: 'student' | 'operator' | 'nobody'
  readonly next_step: string
}

const student = (next_step: string): NextStep => ({ waits_for: 'student', next_step })
const operator = (next_step: string): NextStep => ({ waits_for: 'operator', next_step })
const nobody = (next_step: string): NextStep => ({ waits_for: 'nobody', next_step })

const ANOTHER_FILE = 'They ask their instructor for a file that can be read, then retry.'
const AGAIN = 'Whoever still wants it starts it again; the student of a plan may also retry its stage.'

const NEXT_STEPS: { readonly [C in RunErrorCode]: NextStep } = {
  CANVAS_UNREACHABLE: operator('See whether the worker reaches that Canvas, then retry.'),
  CANVAS_KEY_REJECTED: student('They store a new Canvas key, then retry.'),
  CANVAS_NOT_FOUND: student('They check the ids in the address, or retry once it is published to them.'),
  CANVAS_FORBIDDEN: student('They ask their instructor or Canvas administrator for access, then retry.'),
  ASSIGNMENT_LOCKED: student('They retry once it is unlocked.'),
  NOT_PLANNABLE: student('They choose an assignment that is written; a retry changes nothing.'),
  POLICY_FORBIDS_AI: student('They ask their instructor; a retry changes nothing while the policy stands.'),
  PARSE_TIMEOUT: student(ANOTHER_FILE),
  PARSE_MEMORY: student(ANOTHER_FILE),
  ENCRYPTED: student(ANOTHER_FILE),
  CORRUPT: student(ANOTHER_FILE),
  UNSUPPORTED: student(ANOTHER_FILE),
  NO_TEXT: student('They ask their instructor where the text is, then retry.'),
  MODEL_UNAVAILABLE: operator('See whether the provider and its key work, then retry.'),
  MODEL_REFUSED: operator('Try another model (LLM_MODEL), then retry.'),
  MODEL_OUTPUT_INVALID: operator('Retry; if it happens again, try another model (LLM_MODEL).'),
  BUDGET_EXCEEDED: operator(
    'Raise the LLM_BUDGET_… its words name, or wait for the next day in UTC; then retry it, or resume a submitted job.',
  ),
  CIRCULAR_DEPENDENCY: student('They reprocess the assignment, which makes another plan.'),
  RETRIES_EXHAUSTED: operator('Find the cause with "run JOB" and in the log of the worker, then retry.'),
  NON_CONVERGENCE: operator('Read what its roles left, then have the build go on from its error.'),
  STALE: operator('See whether a worker is up and why it was silent, then retry.'),
  CANCELED: nobody(AGAIN),
  TERMINATED: nobody(AGAIN),
  SUPERSEDED: nobody('Look at the run that took its place.'),
}

const isCode = (code: string): code is RunErrorCode => Object.hasOwn(RUN_ERRORS, code)

/** What is to be done about a run that stopped with this code; null where there is no such code. */
export function nextStep(code: string | null): NextStep | null {
  return code !== null && isCode(code) ? NEXT_STEPS[code] : null
}
