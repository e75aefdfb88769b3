import { z } from 'zod'

import { Slug } from './primitives.ts'
import { Evidence } from './requirements.ts'

const Line = z.string().min(1).max(2_000)

export const FeedbackTarget = z.strictObject({ type: z.enum(['milestone', 'assignment']), id: z.string() })

/** How far a submission meets something that was asked; never a grade. */
export const Outcome = z.enum(['met', 'partly_met', 'not_met', 'not_assessed'])

/** Feedback as a student gets it: these keys and no others. */
export const Feedback = z
  .strictObject({
    target: FeedbackTarget,
    scorecard: z.strictObject({
      criterion_scores: z.array(
        z.strictObject({
          criterion_id: z.string().min(1),
          criterion: Line,
          observation: Line,
          status: Outcome,
        }),
      ),
      overall_readiness: z.enum(['ready', 'almost_ready', 'not_ready']),
    }),
    strengths: z.array(Line),
    gaps: z.array(Line),
    required_fixes: z.array(Line),
    suggested_improvements: z.array(Line),
    next_actions: z.array(Line),
  })
  .meta({ id: 'Feedback' })

/** A rule of the assignment held against the submission by code alone. */
export const RuleCheck = z.strictObject({
  id: Slug,
  /** The requirement the rule stands in; null for a rule of Canvas itself. */
  requirement_id: Slug.nullable(),
  rule: Line,
  outcome: z.enum(['met', 'not_met', 'not_assessed']),
  observation: Line,
  /** Whether missing it costs the work, so that it is a fix and not an improvement. */
  hard: z.boolean(),
  /** The share of a count that is not there yet, 0 to 1, where the rule is broken by a count. */
  missing: z.number().min(0).max(1).optional(),
  evidence: z.array(Evidence),
})

/** What was seen of one criterion of the rubric in the submission. */
export const CriterionAssessment = z.strictObject({
  criterion_id: z.string().min(1),
  criterion: Line,
  status: Outcome,
  observation: Line,
  evidence: z.array(Evidence),
})

/** A submission held against plan and rubric: what the second stage of a feedback run leaves. */
export const Assessment = z.strictObject({
  checks: z.array(RuleCheck),
  criteria: z.array(CriterionAssessment),
  /** Text of the submission addressed to a machine: reported, never obeyed. */
  suspicious: z.array(Evidence),
})

/** One sentence or two to the student, with the words it is about. */
export const FeedbackPoint = z.strictObject({ text: Line, evidence: z.array(Evidence) })

/** What to say to the student: what the third stage of a feedback run leaves. */
export const Advice = z.strictObject({
  overall_readiness: Feedback.shape.scorecard.shape.overall_readiness,
  strengths: z.array(FeedbackPoint),
  gaps: z.array(FeedbackPoint),
  required_fixes: z.array(FeedbackPoint),
  suggested_improvements: z.array(FeedbackPoint),
  next_actions: z.array(FeedbackPoint),
})

export type FeedbackTarget = z.infer<typeof FeedbackTarget>
export type Outcome = z.infer<typeof Outcome>
export type Feedback = z.infer<typeof Feedback>
export type RuleCheck = z.infer<typeof RuleCheck>
export type CriterionAssessment = z.infer<typeof CriterionAssessment>
export type Assessment = z.infer<typeof Assessment>
export type FeedbackPoint = z.infer<typeof FeedbackPoint>
export type Advice = z.infer<typeof Advice>
