import { createHash } from 'node:crypto'

import type { Phase } from '../../contract/machines/handoff-machine.ts'
import { implementationResult, PHASE_RESULTS, type PhaseResult } from '../../contract/phase-results.ts'
import { RunFailure } from '../../contract/run-errors.ts'
import type { ModelReply } from '../llm/port.ts'
import { createArtefactGuard } from './guard/guard-artefact.ts'
import { knownWords } from './guard/known-words.ts'
import type { Artefact, RoleInput } from './role-input.ts'
import type { Drafted, RoleSteps } from './role-output.ts'

/** The phases a role works from its input alone; deployment writes files, and so takes more than one step. */
export type WorkedPhase = Exclude<Phase, 'deployment'>

/** Which step of the port works which phase. */
export const PHASE_STEPS = {
  discovery: 'discover',
  planning: 'arrange',
  implementation: 'scaffold',
  testing: 'audit',
  verification: 'review',
} as const satisfies { readonly [P in WorkedPhase]: keyof RoleSteps }

type StepOf<P extends WorkedPhase> = (typeof PHASE_STEPS)[P]

/** Asks a model for a step; budget, ledger and cache are the caller's. */
export type AskRole = <S extends keyof RoleSteps>(step: S, input: RoleInput) => Promise<ModelReply<S>>

/** What working a phase leaves: its result, as its schema has it, and the files that belong to it. */
export interface PhaseWork<P extends WorkedPhase> {
  readonly result: PhaseResult<P>
  /** Of implementation alone; empty everywhere else. */
  readonly files: readonly Artefact[]
}

function refuse(why: string, cause?: unknown): RunFailure {
  return new RunFailure(
    'MODEL_OUTPUT_INVALID',
    `${why} Retry it; if it happens again, choose another model.`,
    { cause },
  )
}

/** A drafted file with its hash. */
function seal({ path, body, summary }: Drafted): Artefact {
  return { path, body, summary, sha256: createHash('sha256').update(body, 'utf8').digest('hex') }
}

/** The files as they may be kept: at their targets and guarded word by word, whoever made them. */
function sealAll(input: RoleInput, drafted: readonly Drafted[]): readonly Artefact[] {
  const targets = new Set<string>(input.subject.target_paths)
  const paths = new Set(drafted.map(({ path }) => path))
  if (
    paths.size !== drafted.length ||
    paths.size !== targets.size ||
    drafted.some(({ path }) => !targets.has(path))
  )
    throw refuse('The files that were made are not those that were asked for.')
  const guard = createArtefactGuard(knownWords(input))
  const [breach] = drafted.flatMap(({ path, body }) => guard(path, body))
  if (breach !== undefined) throw refuse(`A file cannot be kept as it was made: ${breach.why}.`)
  return drafted.map(seal)
}

type Turn<P extends WorkedPhase> = (
  output: RoleSteps[StepOf<P>]['output'],
  input: RoleInput,
) => { readonly result: unknown; readonly files: readonly Artefact[] }

const asItIs = (result: unknown) => ({ result, files: [] })

const TURNS: { readonly [P in WorkedPhase]: Turn<P> } = {
  discovery: asItIs,
  planning: asItIs,
  implementation: ({ files: drafted, test_cases, docs, changes }, input) => {
    const files = sealAll(input, drafted)
    const code = files.map(({ path, sha256, summary }) => ({ path, sha256, summary }))
    return { result: { code, test_cases, docs, ...(changes === null ? {} : { changes }) }, files }
  },
  testing: asItIs,
  verification: asItIs,
}

/**
 * What the output of a phase's step leaves behind. Pure. Throws RunFailure MODEL_OUTPUT_INVALID where it is not what the
 * phase owes, stands at other paths than it was asked for, or holds words the guard does not let through.
 */
export function phaseWork<P extends WorkedPhase>(
  phase: P,
  input: RoleInput,
  output: RoleSteps[StepOf<P>]['output'],
): PhaseWork<P> {
  const turn: Turn<P> = TURNS[phase]
  const { result, files } = turn(output, input)
  const schema =
    phase === 'implementation'
      ? implementationResult({ isRetry: input.sent_back !== null })
      : PHASE_RESULTS[phase]
  const parsed = schema.safeParse(result)
  if (!parsed.success) throw refuse(`What came of ${phase} is not what it owes.`, parsed.error)
  return { result: parsed.data as PhaseResult<P>, files }
}

/** Works a phase: asks its role, and turns the answer into its result. Throws what `ask` and `phaseWork` throw. */
export async function workPhase<P extends WorkedPhase>(
  phase: P,
  input: RoleInput,
  ask: AskRole,
): Promise<PhaseWork<P> & { readonly reply: ModelReply<StepOf<P>> }> {
  const reply = await ask<StepOf<P>>(PHASE_STEPS[phase], input)
  return { ...phaseWork(phase, input, reply.output), reply }
}

/** Works a task that makes nothing of its own, to the one file it leaves: a guide or a card. Throws as `workPhase` does. */
export async function workGuide(
  input: RoleInput,
  ask: AskRole,
): Promise<{ readonly file: Artefact; readonly reply: ModelReply<'guide'> }> {
  const reply = await ask('guide', input)
  const [file] = sealAll(input, [reply.output])
  if (file === undefined) throw refuse('No file was made.')
  return { file, reply }
}
