import type { ValidationItem, TaskType } from '../../contract/masterplan/derived-plan.ts'
import type { PhaseResults } from '../../contract/phase-results.ts'
import type { Distilled, Requirement } from '../../contract/requirements.ts'
import type { QuotedText } from '../evidence/locate-quote.ts'
import type { DocumentKind } from '../../contract/evidence.ts'

/** What a build is about: a task of a masterplan, or what a person asked for through the API. */
export interface RoleSubject {
  readonly title: string
  readonly description: string
  /** What is to be in hand afterwards; empty where the task only reads, decides or checks. */
  readonly deliverable: string
  readonly task_type: TaskType
  /** Where its artefacts are to stand, relative to the artefact directory: one for a task of a masterplan. */
  readonly target_paths: readonly [string, ...string[]]
  /** What is held against the outcome; the done definition decides. */
  readonly validation: readonly ValidationItem[]
  /** Null where nobody said how long it takes. */
  readonly estimated_minutes: number | null
  /** The name of the milestone it belongs to, or null. */
  readonly milestone: string | null
  /** By when the plan wants it done, in the words of its milestone, or null. */
  readonly aim: string | null
  /** The requirements it answers, by id; empty where nobody said which, and then it answers all. */
  readonly requirement_ids: readonly string[]
}

/** What a task knows of the assignment it belongs to. */
export interface RoleAssignment extends Pick<
  Distilled,
  'genre' | 'objective' | 'ai_policy' | 'open_questions' | 'suspicious'
> {
  readonly title: string
  readonly hard_constraints: readonly string[]
  readonly quality_bar: string
  /** ISO 8601 UTC, or null. */
  readonly due_at: string | null
  /** IANA name; null reads as UTC. */
  readonly time_zone: string | null
}

/** A row of the rubric, without what it is worth: no role speaks of points. */
export interface RoleCriterion {
  readonly id: string
  readonly description: string
  readonly long_description: string | null
}

/** A document that quotes are looked up in. */
export interface RoleDocument extends QuotedText {
  readonly document_id: string
  readonly kind: DocumentKind
  readonly name: string
}

/** What a task this one depends on has left behind. */
export interface EarlierWork {
  readonly task: string
  readonly files: readonly { readonly path: string; readonly summary: string }[]
}

/** A file of the artefact directory, before or after it is written. */
export interface Artefact {
  readonly path: string
  readonly body: string
  /** Of the body in UTF-8. */
  readonly sha256: string
  readonly summary: string
}

/** Why work came back to implementation. */
export interface SentBack {
  readonly from: 'testing' | 'verification'
  readonly reason: string
  readonly failed_checks: readonly { readonly check: string; readonly note: string }[]
}

/** What every role is given; each role looks at its own part of it. */
export interface RoleInput {
  readonly subject: RoleSubject
  /** Null for a build that belongs to no assignment. */
  readonly assignment: RoleAssignment | null
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly RoleCriterion[]
  readonly documents: readonly RoleDocument[]
  readonly earlier: readonly EarlierWork[]
  /** The results of the phases so far, as far as they stand. */
  readonly results: PhaseResults
  /** The artefacts of the newest implementation, also where it was sent back since; empty before there is one. */
  readonly files: readonly Artefact[]
  /** Null where nothing came back. */
  readonly sent_back: SentBack | null
  /** Of this phase, from 1. */
  readonly attempt: number
}
