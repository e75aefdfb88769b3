import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

import { CanvasId } from '../../contract/primitives.ts'
import { StackFailure } from '../stack-failure.ts'

export interface DemoArguments {
  /** Approve by itself, and end once the plan is carried out instead of staying up. */
  readonly exit: boolean
  /** Files to ask for feedback on once the plan is there. */
  readonly feedback: readonly string[]
  readonly course_id: string
  readonly assignment_id: string
}

const ESSAY = '2101/5101'
const USAGE = 'npm run demo -- [--exit] [--assignment <course>/<assignment>] [--feedback <file>]…'

/** Reads what the demo was called with; throws StackFailure with the usage when it does not fit. */
export function readArguments(argv: readonly string[]): DemoArguments {
  const { exit, assignment, feedback } = parse(argv)
  const [course_id, assignment_id, ...rest] = assignment
    .split('/')
    .map((part) => CanvasId.safeParse(part).data)
  if (course_id === undefined || assignment_id === undefined || rest.length > 0) {
    throw new StackFailure(`--assignment wants two Canvas ids, e.g. ${ESSAY}\nusage: ${USAGE}`)
  }
  return { exit, feedback, course_id, assignment_id }
}

function parse(argv: readonly string[]) {
  try {
    const options = {
      exit: { type: 'boolean', default: false },
      assignment: { type: 'string', default: ESSAY },
      feedback: { type: 'string', multiple: true, default: [] as string[] },
    } as const satisfies ParseArgsOptionsConfig
    return parseArgs({ args: [...argv], options }).values
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StackFailure(`${why}\nusage: ${USAGE}`, { cause })
  }
}
