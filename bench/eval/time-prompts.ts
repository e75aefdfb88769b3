// `node bench/eval/time-prompts.ts`: how long it takes to build what each role is asked, for the tasks of a brief of each genre.
import { drawMark } from '../../activities/llm/prompts/draw-mark.ts'
import type { Prompt } from '../../activities/llm/prompts/prompt.ts'
import { scaffoldPrompt } from '../../activities/llm/prompts/code-writer/1.0.0.ts'
import { arrangePrompt, discoverPrompt, guidePrompt } from '../../activities/llm/prompts/q-assistant/1.0.0.ts'
import { releasePrompt } from '../../activities/llm/prompts/release-manager/1.0.0.ts'
import { auditPrompt } from '../../activities/llm/prompts/test-auditor/1.0.0.ts'
import { reviewPrompt } from '../../activities/llm/prompts/verification-overseer/1.0.0.ts'
import { briefInputs } from '../../activities/roles/examples/role-inputs.ts'
import { workThrough } from '../../activities/roles/examples/work-through.ts'
import type { RoleInput } from '../../activities/roles/role-input.ts'
import { describeMachine } from '../ground/machine.ts'
import { percentile } from '../ground/percentile.ts'

const TASKS_OF_A_BRIEF = 5
const ROUNDS = 20
const PROMPTS: readonly Prompt<RoleInput, never>[] = [
  discoverPrompt,
  arrangePrompt,
  scaffoldPrompt,
  auditPrompt,
  reviewPrompt,
  releasePrompt,
  guidePrompt,
] as never

/** Inputs as the last role sees them, which holds most. */
async function loadInputs(): Promise<readonly RoleInput[]> {
  const making = [...briefInputs().values()].flatMap((inputs) =>
    inputs.filter(({ subject }) => subject.deliverable !== '').slice(0, TASKS_OF_A_BRIEF),
  )
  return Promise.all(making.map((input) => workThrough(input)))
}

function time(prompt: Prompt<RoleInput, never>, input: RoleInput): number {
  const begun = performance.now()
  prompt.render(input, drawMark())
  return performance.now() - begun
}

const inputs = await loadInputs()
const lines = PROMPTS.map((prompt) => {
  // The first is timed with the rest: a process that has just begun is asked as well.
  const times = Array.from({ length: ROUNDS }, () => inputs.map((input) => time(prompt, input))).flat()
  const figures = [0.5, 0.99, 1].map((share) => `${percentile(times, share).toFixed(1)} ms`)
  return `| ${prompt.id} | ${times.length} | ${figures.join(' | ')} |`
})
process.stdout.write(
  [
    `${describeMachine()}\n`,
    '| prompt | built | p50 | p99 | max |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n'),
)
