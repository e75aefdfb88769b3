import type { RubricSeed } from '../seed.ts'

/** The three rubric fields of an assignment; none of them when it has no rubric. */
export function presentRubric(rubric: RubricSeed | undefined): Record<string, unknown> {
  if (rubric === undefined) return {}
  const total = rubric.criteria.reduce((sum, criterion) => sum + criterion.points, 0)
  return {
    use_rubric_for_grading: rubric.usedForGrading,
    rubric: rubric.criteria.map((criterion) => ({
      id: criterion.id,
      points: criterion.points,
      description: criterion.description,
      long_description: criterion.longDescription ?? '',
      criterion_use_range: criterion.useRange === true,
      ...(rubric.freeFormComments === true ? {} : { ratings: presentRatings(criterion) }),
    })),
    rubric_settings: {
      id: rubric.id,
      title: rubric.title,
      points_possible: total,
      free_form_criterion_comments: rubric.freeFormComments === true,
      hide_score_total: false,
      hide_points: false,
    },
  }
}

function presentRatings(criterion: RubricSeed['criteria'][number]): Record<string, unknown>[] {
  return criterion.ratings.map((rating, index) => ({
    // The editor of Canvas calls the first and the last rating `blank` until somebody edits them.
    id: index === 0 ? 'blank' : `${criterion.id}_${index}`,
    ...(rating.points === undefined ? {} : { points: rating.points }),
    description: rating.description,
    long_description: rating.longDescription ?? '',
  }))
}
