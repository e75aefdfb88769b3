import type { DateTime } from 'luxon'

// The shape in which a course is written down, before Canvas's own JSON is made of it.

interface RatingSeed {
  readonly points?: number
  readonly description: string
  readonly longDescription?: string
}

interface CriterionSeed {
  readonly id: string
  readonly points: number
  readonly description: string
  readonly longDescription?: string
  readonly useRange?: boolean
  readonly ratings: readonly RatingSeed[]
}

export interface RubricSeed {
  readonly id: bigint
  readonly title: string
  readonly freeFormComments?: boolean
  readonly usedForGrading: boolean
  readonly criteria: readonly CriterionSeed[]
}

export interface FileVersion {
  readonly id: bigint
  /** Name of the binary in `stack/canvas/files/`. */
  readonly source: string
  readonly updatedAt: DateTime
}

export interface FileSeed extends FileVersion {
  readonly displayName: string
  readonly contentType: string
  readonly locked?: boolean
  /** What the instructor uploads in its place when the fault `replace-attachment` is on. */
  readonly replacement?: FileVersion
}

interface CheckpointSeed {
  readonly tag: 'reply_to_topic' | 'reply_to_entry'
  readonly dueAt: DateTime
  readonly points: number
}

export interface TopicSeed {
  readonly id: bigint
  readonly message: string
  readonly requireInitialPost: boolean
  readonly requiredReplies: number
  readonly checkpoints: readonly CheckpointSeed[]
}

export interface AssignmentSeed {
  readonly id: bigint
  readonly name: string
  /** HTML as stored; null when the instructor never opened the editor. */
  readonly description: string | null
  readonly dueAt: DateTime | null
  readonly unlockAt?: DateTime
  readonly lockAt?: DateTime
  readonly updatedAt: DateTime
  readonly points: number | null
  readonly gradingType?: 'points' | 'pass_fail' | 'percent' | 'letter_grade' | 'gpa_scale' | 'not_graded'
  readonly submissionTypes: readonly string[]
  readonly allowedExtensions?: readonly string[]
  readonly attempts?: number
  readonly groupCategoryId?: bigint
  readonly gradeIndividually?: boolean
  readonly peerReviews?: { readonly count: number; readonly assignAt: DateTime }
  readonly rubric?: RubricSeed
  readonly topic?: TopicSeed
  readonly quiz?: { readonly id: bigint; readonly timeLimitMinutes: number }
  readonly externalTool?: { readonly url: string; readonly newQuiz: boolean }
  readonly lockdownBrowser?: boolean
  /** Due dates of single students, by user id. */
  readonly extensions?: ReadonlyMap<bigint, DateTime>
  /** Section overrides behind the date; from 25 on Canvas answers only their number. */
  readonly sectionOverrides?: number
  readonly files?: readonly FileSeed[]
}

export interface PageSeed {
  readonly id: bigint
  readonly slug: string
  readonly title: string
  readonly body: string
  readonly updatedAt: DateTime
}

export type ModuleItemSeed =
  | {
      readonly type: 'Assignment' | 'File' | 'Quiz' | 'Discussion'
      readonly contentId: bigint
      readonly title: string
    }
  | { readonly type: 'Page'; readonly slug: string; readonly title: string }
  | { readonly type: 'SubHeader'; readonly title: string }
  | { readonly type: 'ExternalUrl'; readonly url: string; readonly title: string }

export interface ModuleSeed {
  readonly id: bigint
  readonly name: string
  readonly items: readonly ModuleItemSeed[]
}

export interface CourseSeed {
  readonly id: bigint
  readonly name: string
  readonly code: string
  readonly timeZone: string
  readonly syllabus: string | null
  readonly students: readonly bigint[]
  /** Enrolled, and yet Canvas shows nothing but the id, because the course is over. */
  readonly restrictedByDate?: boolean
  readonly assignments: readonly AssignmentSeed[]
  readonly pages: readonly PageSeed[]
  readonly modules: readonly ModuleSeed[]
}

export interface CourseContext {
  /** The moment the sandbox started: the zero of every relative date. */
  readonly now: Date
  /** Where this Canvas is reached, for links inside HTML. */
  readonly origin: string
}

export type CourseWriter = (context: CourseContext) => CourseSeed
