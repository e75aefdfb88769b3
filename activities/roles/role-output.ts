import type { PhaseResult } from '../../contract/phase-results.ts'
import type { RoleInput } from './role-input.ts'

/** A file as a role drafts it, before it has its hash. */
export interface Drafted {
  readonly path: string
  readonly body: string
  /** What it is, in one line. */
  readonly summary: string
}

/** What implementation makes: a scaffold for each target, and how it is tested and worked with. */
export interface Built {
  readonly files: readonly Drafted[]
  readonly test_cases: readonly string[]
  readonly docs: string
  /** What is different since the work came back; null where nothing came back. */
  readonly changes: string | null
}

/** Whether the release manager lets the work go, and why not where it does not. */
export interface ReleaseDecision {
  readonly release: boolean
  readonly note: string
}

interface RoleStepOf<O> {
  readonly input: RoleInput
  readonly output: O
}

/** The steps of the five roles, one for each phase, and that of a task which makes nothing of its own. */
export interface RoleSteps {
  readonly discover: RoleStepOf<PhaseResult<'discovery'>>
  readonly arrange: RoleStepOf<PhaseResult<'planning'>>
  readonly scaffold: RoleStepOf<Built>
  readonly audit: RoleStepOf<PhaseResult<'testing'>>
  readonly review: RoleStepOf<PhaseResult<'verification'>>
  readonly release: RoleStepOf<ReleaseDecision>
  readonly guide: RoleStepOf<Drafted>
}
