// `npm run demo`: a real assignment becomes a plan, on real parts, in one terminal.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import getPort from 'get-port'

import { startSandboxCanvas } from '../canvas/start.ts'
import { runStack, type Stack } from '../run-stack.ts'
import { StackFailure } from '../stack-failure.ts'
import { readArguments, type DemoArguments } from './arguments.ts'
import { carryOut } from './carry-out.ts'
import {
  connectCanvas,
  eventsUrl,
  findChecklist,
  readEvidence,
  readPlan,
  registerStudent,
  startPlanning,
  type Student,
} from './client.ts'
import { describeModel } from './describe-model.ts'
import { followRun } from './follow.ts'
import { printChecklist } from './print-checklist.ts'
import { giveFeedback } from './give-feedback.ts'
import { printPlan } from './print-plan.ts'
import { createProgressView } from './show-progress.ts'

const FOLDER = fileURLToPath(new URL('../../.waymark/demo', import.meta.url))
const SANDBOX_PORT = 4_010
const SANDBOX_KEY = 'sandbox~maya-okafor~student'

const say = (line: string): void => void process.stdout.write(`waymark: ${line}\n`)

async function makeStudent(apiUrl: string, canvasUrl: string): Promise<Student> {
  const email = `maya.${randomBytes(3).toString('hex')}@example.edu`
  const student = await registerStudent(apiUrl, email, randomBytes(18).toString('base64url'))
  say(`registered ${email}`)
  await connectCanvas(apiUrl, student, canvasUrl, SANDBOX_KEY)
  say(`connected the sandbox Canvas at ${canvasUrl}`)
  return student
}

/** Plans the assignment and carries the plan out before the reader's eyes; whether all went well. */
async function plan(
  apiUrl: string,
  student: Student,
  args: DemoArguments,
  signal: AbortSignal,
): Promise<boolean> {
  await startPlanning(apiUrl, student, args)
  say(`planning assignment ${args.assignment_id} of course ${args.course_id}`)
  using view = createProgressView(process.stdout)
  const show = (event: Parameters<typeof view.show>[0]): void => view.show(event)
  const ending = await followRun({ url: eventsUrl(apiUrl, args), signIn: student.signIn, signal, show })
  view[Symbol.dispose]()
  if (!ending.ready) {
    say(`no plan: ${ending.message}`)
    const checklist = await findChecklist(apiUrl, student, args)
    if (checklist !== null) process.stdout.write(`${printChecklist(checklist)}\n`)
    return false
  }
  const [made, evidence] = await Promise.all([
    readPlan(apiUrl, student, args),
    readEvidence(apiUrl, student, args),
  ])
  process.stdout.write(`${printPlan(made, evidence)}\n`)
  for (const path of args.feedback) await giveFeedback(apiUrl, student, args, path, signal)
  const canAsk = !args.exit && process.stdin.isTTY && process.stdout.isTTY
  const artefactRoot = process.env['ARTEFACT_ROOT'] || join(FOLDER, 'artefacts')
  return carryOut({ apiUrl, student, assignment: args, signal, canAsk, artefactRoot })
}

function announce(stack: Stack, canvasUrl: string): void {
  say('where to look')
  say(`  API docs      ${stack.apiUrl}/docs`)
  if (stack.temporalUiUrl !== null) say(`  Temporal UI   ${stack.temporalUiUrl}`)
  say(`  sandbox       ${canvasUrl}`)
  say(`  data, logs    ${FOLDER}`)
}

async function untilAsked(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function runDemo(args: DemoArguments, signal: AbortSignal): Promise<boolean> {
  const port = await getPort({ host: '127.0.0.1', port: SANDBOX_PORT })
  await using sandbox = await startSandboxCanvas({ port })
  const hosts = [sandbox.origin, sandbox.filesOrigin].map((origin) => new URL(origin).host)
  const env = { ...process.env, CANVAS_DEV_HOSTS: hosts.join(',') }
  await using stack = await runStack({ folder: FOLDER, env, say, signal })
  say(describeModel(process.env))
  const student = await makeStudent(stack.apiUrl, sandbox.origin)
  const ready = await Promise.race([plan(stack.apiUrl, student, args, signal), stack.died])
  if (args.exit) return ready
  announce(stack, sandbox.origin)
  say('Ctrl-C stops everything')
  await Promise.race([untilAsked(signal), stack.died])
  say('stopping')
  return ready
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  const ready = await runDemo(readArguments(process.argv.slice(2)), stop.signal)
  process.exitCode = ready ? 0 : 1
} catch (thrown) {
  process.exitCode = 1
  const known = thrown instanceof StackFailure
  const words = known
    ? thrown.message
    : thrown instanceof Error
      ? (thrown.stack ?? thrown.message)
      : String(thrown)
  if (!stop.signal.aborted) process.stderr.write(`waymark: ${words}\n`)
}
if (stop.signal.aborted) say('everything has ended')
