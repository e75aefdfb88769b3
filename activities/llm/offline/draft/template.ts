import type { Distilled } from '../../../../contract/requirements.ts'
import type { Topic } from './topics.ts'
import type { WorkSize } from './measure-work.ts'

export type Genre = Distilled['genre']

/** What decides whether a task of a template belongs into this plan. */
export interface Occasion {
  /** Something stands open and has to be asked. */
  readonly asks: boolean
  /** Dates of the text disagree with Canvas: asking comes first. */
  readonly conflicts: boolean
  readonly choices: boolean
  readonly group: boolean
  /** Group work that one may also do alone. */
  readonly mayBeAlone: boolean
  /** Something is to be prepared before one may measure, or measured at all. */
  readonly prepares: boolean
  readonly measures: boolean
  readonly peerReviews: boolean
  /** The student asked for a shorter plan. */
  readonly terse: boolean
}

/** One task of a genre, before requirements, rubric and dates are attached. Titles and texts hold no numbers. */
export interface TaskTemplate {
  readonly id: string
  readonly title: string
  readonly what: string
  readonly deliverable: string
  readonly done: string
  /** Minutes of work before the requirements attached are counted. */
  readonly minutes: (size: WorkSize) => number
  readonly after: readonly string[]
  /** Topics of requirements and criteria this task answers; the first task that takes a topic gets it. */
  readonly takes: readonly Topic[]
  readonly when?: (occasion: Occasion) => boolean
}

export interface MilestoneTemplate {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly tasks: readonly TaskTemplate[]
}

export interface GenreTemplate {
  readonly milestones: readonly MilestoneTemplate[]
  /** The task that takes what no other task takes. */
  readonly main: string
  /** Words, sources and so on when the sheet does not say. */
  readonly usual: Partial<WorkSize>
  readonly success: string
  readonly failureModes: readonly string[]
  readonly risk: { readonly risk: string; readonly impact: string; readonly mitigation: string }
}
