// What each state of a hand-off owes when it is done. It stands outside handoff/, which workflows load without zod.

import { z } from 'zod'

import type { Phase, WorkingState } from './machines/handoff-machine.ts'
import { IsoTime, Sha256 } from './primitives.ts'
import { RUN_ERROR_CODES, type RunErrorCode } from './run-errors.ts'
import { storableText } from './text.ts'

const LONGEST_LINE = 600
const LONGEST_TEXT = 4_000
const LONGEST_NOTE = 500
const MOST_LINES = 200
const MOST_FILES = 40

// How a run was ended from outside is nothing a role can report.
const ENDED_FROM_OUTSIDE = ['STALE', 'CANCELED', 'TERMINATED', 'SUPERSEDED'] as const
type Reportable = Exclude<RunErrorCode, (typeof ENDED_FROM_OUTSIDE)[number]>
const REPORTABLE = RUN_ERROR_CODES.filter(
  (code): code is Reportable => !ENDED_FROM_OUTSIDE.some((ended) => ended === code),
)

/** The most a whole result may hold, as JSON in UTF-16 units: its bytes stay below 192 kB whatever it is written in. */
export const LONGEST_RESULT = 60_000

/** The share of its criteria, in percent, that work must be tested on to pass. */
export const LEAST_COVERAGE = 80

const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/\S/, 'must not be blank')
    .refine((value) => storableText(value) === value, 'must hold no NUL and no half of a character')

export const Line = text(LONGEST_LINE)
const Text = text(LONGEST_TEXT)
const Note = text(LONGEST_NOTE)

const lines = z.array(Line).max(MOST_LINES)
const someLines = lines.min(1)

function isUnique(values: readonly string[]): boolean {
  return new Set(values.map((value) => value.toLowerCase())).size === values.length
}

/** Where an artefact stands: relative, of plain names, never leading out of its directory. */
export const ArtefactPath = z
  .string()
  .max(200)
  .regex(/^[\w-][\w.+-]*(?:\/[\w-][\w.+-]*)*$/, 'must be a relative path of plain names')
  .refine((path) => !path.includes('..') && !/\.(?:\/|$)/.test(path), 'must not lead out of its directory')

const bounded = <S extends z.ZodType>(schema: S) =>
  schema.refine((result) => JSON.stringify(result).length <= LONGEST_RESULT, {
    message: `must be at most ${LONGEST_RESULT} characters of JSON altogether`,
  })

/** Ambiguities and risks may be none; something is always asked. */
const DiscoveryResult = bounded(
  z.strictObject({ requirements: someLines, ambiguities: lines, risks: lines }),
).meta({ id: 'DiscoveryResult' })

const PlanningResult = bounded(
  z.strictObject({
    implementation_plan: z.strictObject({
      components: someLines,
      test_strategy: Text,
      timeline: Text,
      success_criteria: someLines.refine(isUnique, 'must not say the same twice'),
    }),
    requirements: someLines,
  }),
).meta({ id: 'PlanningResult' })

/** How a hand-off is accepted; to refuse one is a failure with its reason. */
export const AckResult = z
  .strictObject({ accepted: z.literal(true), notes: Note.optional() })
  .meta({ id: 'AckResult' })

/** Why the work of a state cannot go on. */
export const FailureResult = z
  .strictObject({
    reason: Note,
    error_code: z.enum(REPORTABLE).optional().meta({
      description:
        'What stands in last_error; when unset NOT_PLANNABLE of discovery and planning, else RETRIES_EXHAUSTED',
    }),
  })
  .meta({ id: 'FailureResult' })

const ImplementationShape = z.strictObject({
  code: z
    .array(z.strictObject({ path: ArtefactPath, sha256: Sha256, summary: Line }))
    .min(1)
    .max(MOST_FILES)
    .refine((code) => isUnique(code.map(({ path }) => path)), 'must name each path once'),
  test_cases: someLines,
  docs: Text.optional(),
  changes: Text.optional(),
})
const FirstImplementation = bounded(ImplementationShape).meta({ id: 'ImplementationResult' })
const NextImplementation = bounded(ImplementationShape.required({ changes: true })).meta({
  id: 'ImplementationRetryResult',
})

/** What implementation owes: when the work came back, what has changed since as well. */
export function implementationResult({ isRetry }: { readonly isRetry: boolean }) {
  return isRetry ? NextImplementation : FirstImplementation
}

const TestingResult = bounded(
  z.strictObject({
    test_results: z
      .array(z.strictObject({ criterion: Line, passed: z.boolean(), note: Line }))
      .min(1)
      .max(MOST_LINES),
    test_coverage: z.number().min(0).max(100),
    passed: z.boolean(),
  }),
)
  .refine(
    ({ passed, test_results, test_coverage }) =>
      !passed || (test_coverage >= LEAST_COVERAGE && test_results.every((result) => result.passed)),
    {
      message: `can only be true where every criterion passed and the coverage is at least ${LEAST_COVERAGE}`,
      path: ['passed'],
    },
  )
  .meta({ id: 'TestingResult' })

const VerificationResult = bounded(
  z.strictObject({
    verification_report: z.strictObject({
      security: Text,
      performance: Text,
      architecture: Text,
      documentation: Text,
      readiness: someLines,
    }),
    approved_for_deployment: z.boolean(),
  }),
).meta({ id: 'VerificationResult' })

const DeploymentResult = bounded(
  z.strictObject({
    target_files: z.array(ArtefactPath).min(1).max(MOST_FILES).refine(isUnique, 'must name each path once'),
    smoke_test: z.strictObject({ passed: z.boolean(), note: Note }),
    released_at: IsoTime,
  }),
).meta({ id: 'DeploymentResult' })

/** The schema of the result by the state that is completed; a failure, possible in each, is FailureResult. */
export const PHASE_RESULTS = {
  discovery: DiscoveryResult,
  planning: PlanningResult,
  handoff_to_coder: AckResult,
  implementation: FirstImplementation,
  handoff_to_tester: AckResult,
  testing: TestingResult,
  handoff_to_verifier: AckResult,
  verification: VerificationResult,
  handoff_to_releaser: AckResult,
  deployment: DeploymentResult,
} as const satisfies { readonly [S in WorkingState]: z.ZodType }

/** What completing a state leaves behind. */
export type PhaseResult<S extends WorkingState> = z.infer<(typeof PHASE_RESULTS)[S]>

/** The results that stand, by phase; what a return to an earlier phase took back is not among them. */
export type PhaseResults = { readonly [P in Phase]?: PhaseResult<P> }

export type AckResult = z.infer<typeof AckResult>
export type FailureResult = z.infer<typeof FailureResult>
